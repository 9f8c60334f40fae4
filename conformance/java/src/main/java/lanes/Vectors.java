package lanes;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.group.assignor.UniformAssignor;

/** Writes the files of golden vectors. conformance/README.md says how to read them. */
final class Vectors {
    private static final long SEED = 429_848;
    private static final String OWNERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** What is asked: the answer decides how the history goes on, and is added to the line. */
    private interface Question {
        Map<String, List<TopicPartition>> ask(Group group, StringBuilder line);
    }

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        file(folder, "range", History.Kind.FRESH, false, 1500, plain(g -> Clients.assign(new RangeAssignor(), g)));
        file(folder, "range-racks", History.Kind.FRESH, true, 1500, plain(g -> Clients.assign(new RangeAssignor(), g)));
        file(folder, "roundrobin", History.Kind.FRESH, false, 1500,
            plain(g -> Clients.assign(new RoundRobinAssignor(), g)));
        file(folder, "sticky", History.Kind.CLIENT, false, 8000, Vectors::sticky);
        file(folder, "sticky-racks", History.Kind.CLIENT, true, 1500, Vectors::sticky);
        file(folder, "uniform", History.Kind.BROKER, false, 4000, plain(g -> Broker.assign(new UniformAssignor(), g)));
        file(folder, "server-range", History.Kind.BROKER, false, 1000,
            plain(g -> Broker.assign(new org.apache.kafka.coordinator.group.assignor.RangeAssignor(), g)));
    }

    private static Question plain(Function<Group, Map<String, List<TopicPartition>>> assignor) {
        return (group, line) -> {
            Map<String, List<TopicPartition>> assigned = assignor.apply(group);
            line.append(",\"a\":\"").append(owners(group, assigned)).append('"');
            return assigned;
        };
    }

    /** Both sticky assignors: the cooperative one must give the same, less what it withholds. */
    private static Map<String, List<TopicPartition>> sticky(Group group, StringBuilder line) {
        Map<String, List<TopicPartition>> all = Clients.assign(new StickyAssignor(), group);
        Map<String, List<TopicPartition>> now = Clients.assign(new CooperativeStickyAssignor(), group);
        StringBuilder withheld = new StringBuilder();
        for (Group.Member member : group.members) {
            List<TopicPartition> rest = new ArrayList<>(all.get(member.name()));
            if (!rest.containsAll(now.get(member.name()))) {
                throw new IllegalStateException("The two sticky assignors disagree.");
            }
            rest.removeAll(now.get(member.name()));
            withheld.append(partitions(rest));
        }
        line.append(",\"a\":\"").append(owners(group, all)).append('"');
        if (!withheld.isEmpty()) {
            line.append(",\"w\":\"").append(withheld).append('"');
        }
        return now;
    }

    private static void file(Path folder, String name, History.Kind kind, boolean racks, int cases, Question question)
        throws IOException {
        Random random = new Random(SEED + name.hashCode());
        List<String> lines = new ArrayList<>();
        int threw = 0;
        while (lines.size() < cases) {
            History history = new History(random, kind, racks);
            for (int steps = kind == History.Kind.FRESH ? 2 : 3 + random.nextInt(6); steps > 0; steps--) {
                StringBuilder line = new StringBuilder();
                describe(history.group, line);
                try {
                    history.carry(question.ask(history.group, line));
                } catch (RuntimeException e) {
                    threw++;
                    if (System.getenv("SHOW_THROWN") != null) {
                        System.err.println(name + ": " + line);
                        e.printStackTrace();
                    }
                    break;
                }
                lines.add("{" + line + "}");
                history.step();
            }
        }
        try (PrintWriter out = new PrintWriter(
            Files.newBufferedWriter(folder.resolve("assign-" + name + ".jsonl"), StandardCharsets.UTF_8))) {
            out.print(header(name, lines.size(), threw) + "\n");
            lines.forEach(line -> out.print(line + "\n"));
        }
        System.out.println(name + ": " + lines.size() + " cases, " + threw + " thrown");
    }

    private static void describe(Group group, StringBuilder line) {
        line.append("\"t\":\"");
        group.topics.forEach((topic, count) -> line.append(letter(topic)).append(count));
        line.append("\",\"m\":[");
        String comma = "";
        for (Group.Member member : group.members) {
            StringBuilder topics = new StringBuilder();
            member.topics.forEach(topic -> topics.append(letter(topic)));
            line.append(comma).append('"').append(member.id).append(' ').append(orDash(topics.toString()))
                .append(' ').append(orDash(member.instance)).append(' ').append(orDash(member.generation))
                .append(' ').append(orDash(partitions(member.owned)));
            if (group.racks != null) {
                line.append(' ').append(orDash(member.rack));
            }
            line.append('"');
            comma = ",";
        }
        line.append(']');
        if (group.racks != null) {
            line.append(",\"r\":\"");
            String between = "";
            for (Map.Entry<Integer, Integer> topic : group.topics.entrySet()) {
                for (List<Integer> racks : group.racks.get(topic.getKey()).subList(0, topic.getValue())) {
                    line.append(between);
                    racks.forEach(line::append);
                    between = " ";
                }
            }
            line.append('"');
        }
    }

    private static String partitions(List<TopicPartition> partitions) {
        StringBuilder text = new StringBuilder();
        partitions.stream()
            .sorted((a, b) -> a.topic().equals(b.topic())
                ? a.partition() - b.partition() : Pools.TOPICS.indexOf(a.topic()) - Pools.TOPICS.indexOf(b.topic()))
            .forEach(tp -> text.append(letter(Pools.TOPICS.indexOf(tp.topic()))).append(tp.partition()));
        return text.toString();
    }

    private static String owners(Group group, Map<String, List<TopicPartition>> assigned) {
        StringBuilder text = new StringBuilder();
        group.topics.forEach((topic, count) -> {
            char[] owners = ".".repeat(count).toCharArray();
            for (int i = 0; i < group.members.size(); i++) {
                for (TopicPartition tp : assigned.get(group.members.get(i).name())) {
                    if (!tp.topic().equals(Pools.TOPICS.get(topic))) {
                        continue;
                    }
                    if (owners[tp.partition()] != '.') {
                        throw new IllegalStateException(tp + " has two owners.");
                    }
                    owners[tp.partition()] = OWNERS.charAt(i);
                }
            }
            text.append(owners);
        });
        return text.toString();
    }

    private static char letter(int topic) {
        return (char) ('a' + topic);
    }

    private static String orDash(int number) {
        return number < 0 ? "-" : Integer.toString(number);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String header(String name, int cases, int threw) {
        return "{\"assignor\":\"" + name + "\",\"cases\":" + cases + ",\"threw\":" + threw + ",\"seed\":" + SEED
            + ",\"jars\":{" + jar(RangeAssignor.class) + "," + jar(UniformAssignor.class) + "}"
            + ",\"topics\":" + list(Pools.TOPICS) + ",\"members\":" + list(Pools.MEMBERS)
            + ",\"instances\":" + list(Pools.INSTANCES) + ",\"racks\":" + list(Pools.RACKS) + "}";
    }

    private static String list(List<String> names) {
        return "[\"" + String.join("\",\"", names) + "\"]";
    }

    /** The jar that a class came from, and its checksum. */
    static String jar(Class<?> from) {
        try {
            Path path = Path.of(from.getProtectionDomain().getCodeSource().getLocation().toURI());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
            return "\"" + path.getFileName() + "\":\"sha256:" + HexFormat.of().formatHex(digest) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Vectors() { }
}
