// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.pipeline.assembly.AssemblyStage;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.task.Task;

/** Task xtdphas (sxiphas): PHAS and PHASALL from the raw pulse heights (energy-chain section 2). */
public final class XtdPhas implements Task {
    @Override
    public List<String> names() {
        return List.of("xtdphas", "sxiphas");
    }

    @Override
    public String summary() {
        return "Assemble the pulse heights of the 3x3 and 5x5 pixels of each event.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.text("infile", "", "event file"), Parameter.text("outfile", "", "event file to write"),
                AssemblyStage.COLBOUND, EventRewrite.THREADS);
    }

    @Override
    public List<String> accepted() {
        return List.of();
    }

    @Override
    public void run(TaskCall call, Console console) {
        EventStep step = AssemblyStage.step();
        EventRewrite.run(call,
                header -> new EventRewrite.Work<EventChunk>() {
                    @Override
                    public EventSchema schema(EventSchema in) {
                        return in.with(AssemblyStage.columns(call.values()));
                    }

                    @Override
                    public List<Column> reads() {
                        return AssemblyStage.spec().reads();
                    }

                    @Override
                    public Set<String> writes() {
                        return names(AssemblyStage.spec().writes());
                    }

                    @Override
                    public EventChunk start(EventChunk chunk) {
                        return chunk;
                    }

                    @Override
                    public EventChunk finish(EventChunk chunk) {
                        step.process(chunk);
                        return chunk;
                    }
                });
        console.say(call.name() + ": wrote " + call.values().text("outfile"));
    }

    private static Set<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.toSet());
    }
}
