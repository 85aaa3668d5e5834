# SPDX-License-Identifier: Apache-2.0
"""Random cases: for each task the input files, from nothing but a seed, and the parameters of one run."""
