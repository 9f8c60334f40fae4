package lanes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.AppInfoParser;

/** What was seen: a file of lines `what<TAB>seen` that is the same on every run, and the same on the screen. */
final class Report {
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Report(Path file, String columns) {
        this.file = file;
        lines.add("# a running broker, Kafka " + AppInfoParser.getVersion() + "; columns: " + columns);
    }

    void line(Object... cells) {
        String line = String.join("\t", List.of(cells).stream().map(Object::toString).toList());
        lines.add(line);
        System.out.println("  " + line.replace("\t", " | "));
    }

    /** What differs from run to run is shown and not kept. */
    void aside(String text) {
        System.out.println("    " + text);
    }

    void save() throws IOException {
        Files.write(file, lines);
    }

    /** What can go wrong. */
    interface Attempt {
        void run() throws Exception;
    }

    /** Kafka's name for what an attempt met with. */
    static String name(Attempt attempt) {
        try {
            attempt.run();
            return "NONE";
        } catch (Exception e) {
            return name(e);
        }
    }

    static String name(Throwable e) {
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        Errors error = Errors.forException(cause);
        boolean isClients = error == Errors.UNKNOWN_SERVER_ERROR;
        if (cause instanceof KafkaException && cause.getCause() != null) {
            return (isClients ? "" : error.name() + ", for ") + name(cause.getCause());
        }
        return isClients ? cause.getClass().getSimpleName() : error.name();
    }
}
