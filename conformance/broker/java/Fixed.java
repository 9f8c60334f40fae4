package lanes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * Static members that are killed, of three that share twelve partitions, each a process of its own. Sessions are longer
 * than a new process takes to come on a busy machine: 6 s, with the consumer protocol 12 s.
 */
final class Fixed {
    private static final int PARTITIONS = 12;
    private static final int WITHIN_THE_SESSION_MS = 2_000;

    private final Cluster cluster;
    private final Path work;
    private final String how;
    private final String group;
    private final Map<String, Process> running = new HashMap<>();

    private Fixed(Cluster cluster, Path work, String how, String what) throws Exception {
        this.cluster = cluster;
        this.work = work;
        this.how = how;
        group = how + "-fixed-" + what;
        cluster.topic(group, PARTITIONS);
        for (String name : List.of("c1", "c2", "c3")) {
            start(name);
        }
        Wait.until("each holds four", 60_000, () -> held("c1") == 4 && held("c2") == 4 && held("c3") == 4);
        // The last of them has beaten once: all are in step.
        Thread.sleep(7_000);
    }

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-fixed.tsv"), "what, protocol, seen");
        Map<String, String> settings = Map.of(
            "group.consumer.session.timeout.ms", "12000", "group.consumer.min.session.timeout.ms", "6000");
        try (Cluster cluster = new Cluster(work, 1, settings)) {
            for (String how : Standstill.PROTOCOLS) {
                report.line("killed, and back after 2 s", how, new Fixed(cluster, work, how, "back").comesBack());
                report.line("killed, and never back", how, new Fixed(cluster, work, how, "gone").staysAway());
            }
        }
        report.save();
    }

    private String comesBack() throws Exception {
        try {
            String before = member("c2").consumerId();
            kill("c2");
            Thread.sleep(WITHIN_THE_SESSION_MS);
            Process again = start("c2");
            Wait.until("it is taken back, or refused", 30_000,
                () -> !again.isAlive() || member("c2") != null && !member("c2").consumerId().equals(before));
            if (!again.isAlive()) {
                String refused = again.exitValue() == Alone.UNRELEASED ? "UNRELEASED_INSTANCE_ID" : "another end";
                sharedByTwo();
                return refused + ": it ends, and the others get its partitions when the session of the dead one ends";
            }
            return "it has " + held("c2") + " at once, the others " + held("c1") + " and " + held("c3");
        } finally {
            end();
        }
    }

    private String staysAway() throws Exception {
        try {
            kill("c2");
            sharedByTwo();
            return "the others get its partitions when its session ends";
        } finally {
            end();
        }
    }

    private void sharedByTwo() throws Exception {
        Wait.until("two hold all", 40_000, () -> held("c1") == 6 && held("c3") == 6);
    }

    private Process start(String name) throws Exception {
        List<String> words = new ArrayList<>(List.of("lanes.Fixed$Alone", cluster.servers(), group, "group.instance.id=" + name));
        Standstill.HOW.get(how).forEach((key, value) -> words.add(key + "=" + value));
        Process process = Cluster.java("64m", work.resolve(group + "-" + name), words.toArray(String[]::new));
        running.put(name, process);
        return process;
    }

    private void kill(String name) throws InterruptedException {
        running.get(name).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    private void end() {
        running.values().forEach(Process::destroyForcibly);
    }

    private int held(String name) throws Exception {
        MemberDescription member = member(name);
        return member == null ? 0 : member.assignment().topicPartitions().size();
    }

    private MemberDescription member(String name) throws Exception {
        ConsumerGroupDescription seen = cluster.admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        return seen.members().stream().filter(m -> m.groupInstanceId().orElse("").equals(name)).findAny().orElse(null);
    }

    /** A consumer with a process of its own, which says by how it ends what it met with: `SERVERS GROUP NAME=VALUE…`. */
    static final class Alone {
        static final int UNRELEASED = 3;

        private Alone() {}

        public static void main(String[] words) {
            Map<String, String> settings = new HashMap<>();
            for (String word : List.of(words).subList(2, words.length)) {
                settings.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            }
            try (var consumer = Standstill.consumer(words[0], words[1], settings)) {
                consumer.subscribe(List.of(words[1]));
                while (true) {
                    consumer.poll(Duration.ofMillis(100));
                }
            } catch (org.apache.kafka.common.errors.UnreleasedInstanceIdException refused) {
                System.exit(UNRELEASED);
            }
        }
    }
}
