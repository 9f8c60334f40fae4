package lanes;

import java.nio.file.Path;

/** {@code vectors FOLDER} writes golden vectors; {@code bench} measures one of Kafka's assignors once. */
public final class Main {
    public static void main(String[] args) throws Exception {
        if (args.length == 2 && args[0].equals("vectors")) {
            Vectors.write(Path.of(args[1]));
            Strategies.write(Path.of(args[1]));
        } else if (args.length == 8 && args[0].equals("bench")) {
            Bench.run(args);
        } else {
            System.err.println("vectors FOLDER | bench ASSIGNOR MEMBERS PARTITIONS TOPICS UNEQUAL JOINS SECONDS");
            System.exit(2);
        }
    }

    private Main() { }
}
