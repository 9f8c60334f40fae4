package lanes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers with several assignors: which one their group has, who is refused, and what it does then. */
final class Strategies {
    private static final int PARTITIONS = 6;
    private static final int SESSION = 8_000;
    /** What the rules in `crates/core/tests/world/assignor_lists.rs` give: from, to, in ms. */
    private static final long[] AT_HEARTBEAT = {0, 3_500};
    private static final long[] AFTER_SESSION = {7_900, 9_500};
    private static final Map<String, String> CLASSES = Map.of(
        "range", "RangeAssignor", "roundrobin", "RoundRobinAssignor", "sticky", "StickyAssignor",
        "cooperative-sticky", "CooperativeStickyAssignor");

    /** Who was refused before one joins, and whether it had an id from the coordinator. */
    private enum Before { NOBODY, REFUSED_AT_ONCE, GIVEN_AN_ID }

    private final Cluster cluster;
    private final Report report;

    private Strategies(Cluster cluster, Report report) {
        this.cluster = cluster;
        this.report = report;
    }

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-strategies.tsv"), "what, seen");
        try (Cluster cluster = new Cluster(work, 1, Map.of("group.initial.rebalance.delay.ms", "0"))) {
            cluster.topic("orders", PARTITIONS);
            Strategies strategies = new Strategies(cluster, report);
            strategies.refused();
            for (Before before : Before.values()) {
                strategies.waits(before);
            }
            strategies.ties();
            strategies.twoBounces();
            strategies.oneBounce();
            strategies.staticMembers();
        }
        report.save();
    }

    private void refused() throws Exception {
        try (Live first = new Live("refused", null, "range")) {
            settled("refused", 1);
            int before = first.generation();
            try (var second = consumer("refused", null, "sticky,cooperative-sticky")) {
                String met = Report.name(() -> poll(second));
                report.line("the first has range, the second sticky and cooperative-sticky: its first poll", met);
                report.line("its second poll", Report.name(() -> poll(second)));
            }
            report.line("generations that the first saw meanwhile", first.generation() - before);
            report.line("members of the group", describe("refused").members().size());
            try (Live second = new Live("refused", null, "sticky,range")) {
                report.line("the second with sticky and range", settled("refused", 2) + second.met());
            }
        }
    }

    /**
     * The coordinator gave an id to somebody while the group was empty, and refuses it now: a round that begins waits for that
     * id until its session is over.
     */
    private void waits(Before before) throws Exception {
        String group = "waits-" + before;
        boolean isGiven = before == Before.GIVEN_AN_ID;
        long given = System.nanoTime();
        try (Raw raw = new Raw(cluster.port(1))) {
            String id = isGiven ? raw.join(group, "orders", "sticky", "", SESSION).memberId() : "";
            try (Live first = new Live(group, null, "range")) {
                settled(group, 1);
                if (before != Before.NOBODY) {
                    short error = raw.join(group, "orders", "sticky", id, SESSION).errorCode();
                    report.line(isGiven ? "it was given an id while the group was empty; with that it is told"
                        : "a newcomer's first word has no assignor in common; it is told", Errors.forCode(error));
                }
                long joins = System.nanoTime();
                try (Live third = new Live(group, null, "range")) {
                    boolean[] stands = {false};
                    Wait.until("it has partitions", 60_000, () -> {
                        stands[0] |= first.assigned() == 0;
                        return third.assigned() > 0;
                    });
                    long ms = (System.nanoTime() - (isGiven ? given : joins)) / 1_000_000;
                    long[] range = isGiven ? AFTER_SESSION : AT_HEARTBEAT;
                    report.aside(ms + " ms");
                    String joined = before == Before.NOBODY ? "one joins" : "another joins then";
                    report.line(joined + (isGiven ? ": it has partitions after the id was given" : ": it has partitions"),
                        "within " + range[0] + " to " + range[1] + " ms: " + (range[0] <= ms && ms <= range[1]));
                    if (isGiven) {
                        report.line("the first has none meanwhile", stands[0]);
                    }
                }
            }
        }
    }

    private void ties() throws Exception {
        for (String pair : List.of("range roundrobin", "roundrobin cooperative-sticky", "sticky range", "cooperative-sticky sticky")) {
            String[] names = pair.split(" ");
            String group = "tie-" + names[0] + "-" + names[1];
            try (Live one = new Live(group, null, names[0] + "," + names[1])) {
                settled(group, 1);
                try (Live two = new Live(group, null, names[1] + "," + names[0])) {
                    report.line("one likes " + names[0] + " best, one " + names[1], settled(group, 2) + one.met() + two.met());
                }
            }
        }
    }

    private void twoBounces() throws Exception {
        Live[] all = start("two", "range", "range", "range");
        report.line("all three have range", settled("two", 3));
        for (int n = 0; n < 3; n++) {
            all[n] = bounce(all[n], "cooperative-sticky,range");
            report.line((n + 1) + " of 3 came back with cooperative-sticky and range", settled("two", 3) + all[n].met());
        }
        for (int n = 0; n < 3; n++) {
            all[n] = bounce(all[n], "cooperative-sticky");
            report.line((n + 1) + " of 3 came back with cooperative-sticky alone", settled("two", 3) + all[n].met());
        }
        close(all);
    }

    private void oneBounce() throws Exception {
        Live[] all = start("one", "range", "range", "range");
        settled("one", 3);
        for (int n = 0; n < 3; n++) {
            all[n] = bounce(all[n], "cooperative-sticky");
            int last = n;
            if (n < 2) {
                Wait.until("it is refused", 20_000, () -> !all[last].met().isEmpty());
            }
            String left = settled("one", n < 2 ? 2 - n : 1);
            report.line((n + 1) + " of 3 came back with cooperative-sticky alone, from range", left + all[n].met());
        }
        close(all);
    }

    private void staticMembers() throws Exception {
        Live[] all = {
            new Live("static", "i1", "range,sticky"), new Live("static", "i2", "range,sticky"), new Live("static", "i3", "range,sticky")};
        settled("static", 3);
        for (int n = 0; n < 2; n++) {
            int before = all[2].generation();
            all[n] = bounce(all[n], "sticky,range");
            int last = n;
            Wait.until("it is back", 20_000, () -> all[last].assigned() == 2);
            // A round would be told of at the next heartbeat of the others, after 3 s at the most.
            TimeUnit.SECONDS.sleep(4);
            String now = settled("static", 3);
            report.line((n + 1) + " of 3 static members came back and like sticky best", now,
                all[2].generation() == before ? "no round" : "a round");
        }
        close(all);
    }

    private Live[] start(String group, String... strategies) {
        return Arrays.stream(strategies).map(strategy -> new Live(group, null, strategy)).toArray(Live[]::new);
    }

    private Live bounce(Live before, String strategies) throws Exception {
        before.close();
        return new Live(before.group, before.instance, strategies);
    }

    private static void close(Live... all) throws Exception {
        for (Live live : all) {
            live.close();
        }
    }

    /** Waits until so many members share all partitions; says by which assignor. */
    private String settled(String group, int members) throws Exception {
        Wait.until(group + " is settled", 60_000, () -> {
            ConsumerGroupDescription now = describe(group);
            int owned = now.members().stream().mapToInt(member -> member.assignment().topicPartitions().size()).sum();
            return now.groupState() == GroupState.STABLE && now.members().size() == members && owned == PARTITIONS;
        });
        return describe(group).partitionAssignor();
    }

    private ConsumerGroupDescription describe(String group) throws Exception {
        return cluster.admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get();
    }

    private KafkaConsumer<String, String> consumer(String group, String instance, String strategies) {
        String classes = Arrays.stream(strategies.split(","))
            .map(name -> "org.apache.kafka.clients.consumer." + CLASSES.get(name)).collect(Collectors.joining(","));
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", cluster.servers(), "group.id", group,
            "partition.assignment.strategy", classes, "session.timeout.ms", SESSION));
        if (instance != null) {
            settings.put("group.instance.id", instance);
        }
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of("orders"));
        return consumer;
    }

    private static void poll(KafkaConsumer<?, ?> consumer) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        while (System.nanoTime() < end) {
            consumer.poll(Duration.ofMillis(50));
        }
    }

    /** A consumer that polls in a thread of its own until it is closed or meets with an error. */
    private final class Live implements AutoCloseable {
        final String group;
        final String instance;
        private final CompletableFuture<Void> ends;
        private volatile boolean closing;
        private volatile String met = "";
        private volatile int generation;
        private volatile int assigned;

        Live(String group, String instance, String strategies) {
            this.group = group;
            this.instance = instance;
            ends = CompletableFuture.runAsync(() -> {
                try (var consumer = consumer(group, instance, strategies)) {
                    while (!closing) {
                        consumer.poll(Duration.ofMillis(50));
                        generation = consumer.groupMetadata().generationId();
                        assigned = consumer.assignment().size();
                    }
                } catch (RuntimeException e) {
                    met = ", " + Report.name(e);
                }
            }, work -> new Thread(work).start());
        }

        int generation() {
            return generation;
        }

        int assigned() {
            return assigned;
        }

        /** What ended it, if anything did. */
        String met() {
            return met;
        }

        @Override
        public void close() throws Exception {
            closing = true;
            ends.get(60, TimeUnit.SECONDS);
        }
    }
}
