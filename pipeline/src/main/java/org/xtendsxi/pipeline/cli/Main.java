// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.pipeline.task.Task;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of {@code sxi}. */
@Command(name = "sxi", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND", sortOptions = false,
        description = "From XRISM/Xtend SXI frames or event lists to spectra, images and light curves.")
public final class Main {
    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT, description = "Explain what is done.")
    boolean verbose;
    @Option(names = {"-q", "--quiet"}, scope = ScopeType.INHERIT, description = "Print errors only.")
    boolean quiet;
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Machine-readable output instead of tables.")
    boolean json;

    /** Version line. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Software.creator()};
        }
    }

    /** Kept, or the level would be forgotten with the logger. */
    private static final List<Logger> LIBRARIES = List.of(Logger.getLogger("org.apache.arrow"),
            Logger.getLogger("nom.tam"));

    private Main() {
    }

    /** Runs a command line and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs a command line.
     *
     * @param args words after {@code sxi}
     * @return exit code of the contract
     */
    public static int run(String... args) {
        Locale.setDefault(Locale.ROOT);
        LIBRARIES.forEach(l -> l.setLevel(Level.SEVERE));
        Optional<TaskCommand> task = plainTask(args);
        if (task.isPresent()) {
            TerminalConsole console = new TerminalConsole(false, false, false);
            return Errors.guard(console, () -> task.get().run(Arrays.copyOfRange(args, 1, args.length), console));
        }
        Main main = new Main();
        CommandLine line = commandLine(main, Arrays.stream(args).filter(w -> !w.startsWith("-")).findFirst());
        line.setParameterExceptionHandler((e, words) -> usageError(e));
        line.setExecutionStrategy(parsed -> {
            List<CommandLine> chain = parsed.asCommandLineList();
            Integer help = CommandLine.executeHelpRequest(parsed);
            if (help != null) {
                return help;
            }
            CommandLine last = chain.getLast();
            TerminalConsole console = new TerminalConsole(main.verbose, main.quiet, main.json);
            return Errors.guard(console, () -> execute(last, console));
        });
        return line.execute(args);
    }

    /** A task with nothing but name=value words needs no command line, whose making takes longer than small work. */
    private static Optional<TaskCommand> plainTask(String... args) {
        if (args.length == 0 || Arrays.stream(args).skip(1).anyMatch(w -> w.indexOf('=') < 1 || w.startsWith("-"))) {
            return Optional.empty();
        }
        for (Task task : ServiceLoader.load(Task.class)) {
            if (task.names().contains(args[0])) {
                return Optional.of(new TaskCommand(task, args[0]));
            }
        }
        return Optional.empty();
    }

    /** The command line with every command and task found. */
    static CommandLine commandLine(Main main) {
        return commandLine(main, Optional.empty());
    }

    /** The command line with the one command of a name, if there is one, else with all: to make all takes a while. */
    private static CommandLine commandLine(Main main, Optional<String> word) {
        List<SxiCommand> commands = new ArrayList<>();
        List<ServiceLoader.Provider<SxiCommand>> found = ServiceLoader.load(SxiCommand.class).stream().toList();
        found.stream().filter(p -> word.filter(p.type().getAnnotation(Command.class).name()::equals).isPresent())
                .forEach(p -> commands.add(p.get()));
        CommandLine line = new CommandLine(main);
        if (!commands.isEmpty()) {
            line.addSubcommand(word.get(), new CommandLine(commands.getFirst()));
            return line;
        }
        found.forEach(p -> commands.add(p.get()));
        commands.stream().map(CommandLine::new).sorted((a, b) -> a.getCommandName().compareTo(b.getCommandName()))
                .forEach(c -> line.addSubcommand(c.getCommandName(), c));
        for (Task task : ServiceLoader.load(Task.class)) {
            for (String name : task.names()) {
                line.addSubcommand(name, new TaskCommand(task, name).commandLine());
            }
        }
        line.addSubcommand(new CommandLine.HelpCommand());
        return line;
    }

    private static void execute(CommandLine line, TerminalConsole console) {
        Object command = line.getCommandSpec().userObject();
        switch (command) {
            case SxiCommand c -> c.run(console);
            case TaskCommand t -> t.run(t.given(), console);
            default -> line.usage(System.out);
        }
    }

    private static int usageError(ParameterException e) {
        String hint = "";
        if (e instanceof UnmatchedArgumentException u && !u.getUnmatched().isEmpty()) {
            String typed = u.getUnmatched().getFirst();
            CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
            hint = ": did you mean " + Nearest.of(typed, typed.startsWith("-") ? spec.optionsMap().keySet()
                    : spec.subcommands().keySet()) + "?";
        }
        System.err.println("sxi: " + e.getMessage() + hint + " (" + e.getCommandLine().getCommandSpec().qualifiedName()
                + " --help lists all words)");
        return ExitCode.USAGE.code();
    }
}
