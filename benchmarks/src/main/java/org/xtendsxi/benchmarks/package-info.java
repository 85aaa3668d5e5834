// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of the workloads that {@code sxi bench} times in short; run them with {@code benchmarks/run}. */
package org.xtendsxi.benchmarks;
