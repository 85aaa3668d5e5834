// SPDX-License-Identifier: Apache-2.0
/**
 * The whole flow: {@link org.xtendsxi.pipeline.flow.Flow} lists the stages in order, the runner validates them, streams
 * events through them in passes, records what was done and resumes by content.
 */
package org.xtendsxi.pipeline.flow;
