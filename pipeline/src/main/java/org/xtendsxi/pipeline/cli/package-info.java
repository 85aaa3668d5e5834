// SPDX-License-Identifier: Apache-2.0
/** The program {@code sxi}: finds commands and tasks of all modules, parses words, prints, and sets the exit code. */
package org.xtendsxi.pipeline.cli;
