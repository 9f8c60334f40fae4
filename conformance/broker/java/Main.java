package lanes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** `Main OUT [PART…]`: runs brokers, and writes what was seen into a folder. All parts, or those named. */
final class Main {
    private Main() {}

    /** Something that is settled by running it. */
    private record Part(String name, Run run) {}

    private interface Run {
        void run(Path work, Path out) throws Exception;
    }

    private static final List<Part> PARTS = List.of(
        new Part("sequences", Sequences::run),
        new Part("delivery", Delivery::run),
        new Part("stopping", Stopping::run),
        new Part("moved", Moved::run),
        new Part("fixed", Fixed::run),
        new Part("reset", Reset::run),
        new Part("grown", Grown::run),
        new Part("refusals", Refusals::run),
        new Part("strategies", Strategies::run),
        new Part("standstill", Standstill::run));

    public static void main(String[] words) throws Exception {
        Path out = Path.of(words[0]);
        List<String> named = List.of(words).subList(1, words.length);
        Path work = Files.createDirectories(out.resolve("brokers"));
        for (Part part : PARTS) {
            if (named.isEmpty() || named.contains(part.name())) {
                System.out.println(part.name());
                part.run().run(work.resolve(part.name()), out);
            }
        }
        // Clients' threads that are stuck with a dead broker would keep this alive.
        System.exit(0);
    }
}
