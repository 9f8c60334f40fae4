package lanes;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.group.classic.ClassicGroup;
import org.apache.kafka.coordinator.group.classic.ClassicGroupMember;
import org.apache.kafka.coordinator.group.classic.ClassicGroupState;

/** Lists of assignors: what a coordinator makes of those of its members, and a consumer of its own. */
final class Strategies {
    private static final long SEED = 429_429;
    private static final int CASES = 6_000;
    private static final String TYPE = "consumer";
    /** A letter each, as the lines say them. */
    private static final Map<Character, String> NAMES = new LinkedHashMap<>();
    private static final Map<Character, String> CLASSES = new LinkedHashMap<>();

    static {
        assignor('r', "range", "RangeAssignor");
        assignor('o', "roundrobin", "RoundRobinAssignor");
        assignor('s', "sticky", "StickyAssignor");
        assignor('c', "cooperative-sticky", "CooperativeStickyAssignor");
    }

    private static void assignor(char letter, String name, String type) {
        NAMES.put(letter, name);
        CLASSES.put(letter, "org.apache.kafka.clients.consumer." + type);
    }

    static void write(Path folder) throws Exception {
        choices(folder.resolve("strategy-choices.tsv"));
        protocols(folder.resolve("strategy-protocols.tsv"));
    }

    /** Groups whose members come and go: whom they take, and which assignor they then have. */
    private static void choices(Path file) throws IOException {
        Random random = new Random(SEED);
        List<String> lines = new ArrayList<>();
        while (lines.size() < CASES) {
            ClassicGroup group = new ClassicGroup(new LogContext(), "g", ClassicGroupState.EMPTY, Time.SYSTEM);
            Map<String, String> members = new LinkedHashMap<>();
            // Some groups have a usual list, which most bring in some order: there votes are many and ties are near.
            String usual = list(random, 2 + random.nextInt(3));
            for (int steps = 4 + random.nextInt(16); steps > 0; steps--) {
                if (!members.isEmpty() && random.nextInt(4) == 0) {
                    String gone = List.copyOf(members.keySet()).get(random.nextInt(members.size()));
                    members.remove(gone);
                    group.remove(gone);
                }
                String own = random.nextInt(3) == 0 ? list(random, 1 + random.nextInt(4)) : shuffled(random, usual);
                String before = members.isEmpty() ? "-" : String.join(",", members.values());
                boolean taken = group.supportsProtocols(TYPE, collection(own));
                String choice = "-";
                if (taken) {
                    String id = "client-" + new UUID(random.nextLong(), random.nextLong());
                    group.add(new ClassicGroupMember(id, Optional.empty(), "client", "/127.0.0.1", 1, 1, TYPE, collection(own)));
                    members.put(id, own);
                    if (group.isInState(ClassicGroupState.EMPTY)) {
                        group.transitionTo(ClassicGroupState.PREPARING_REBALANCE);
                    }
                    choice = letter(group.selectProtocol());
                }
                lines.add(before + "\t" + own + "\t" + choice);
            }
        }
        save(file, "members' assignors in the order in which they joined, a newcomer's, what the group then has (- the newcomer"
            + " is refused); seed " + SEED, ClassicGroup.class, lines);
    }

    /** Every list there can be: the protocol that a consumer of it takes part in rounds with. It connects to nobody. */
    private static void protocols(Path file) throws Exception {
        List<String> lines = new ArrayList<>();
        lists("", lines);
        List<String> answers = new ArrayList<>();
        for (String own : lines) {
            List<String> classes = own.chars().mapToObj(letter -> CLASSES.get((char) letter)).toList();
            Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:1", "group.id", "g",
                "partition.assignment.strategy", classes);
            try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                answers.add(own + "\t" + field(field(field(consumer, "delegate"), "coordinator"), "protocol"));
            }
        }
        save(file, "a consumer's assignors, the protocol of its coordinator", KafkaConsumer.class, answers);
    }

    private static void lists(String before, List<String> all) {
        for (char letter : NAMES.keySet()) {
            if (before.indexOf(letter) < 0) {
                all.add(before + letter);
                lists(before + letter, all);
            }
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    private static String list(Random random, int length) {
        String all = NAMES.keySet().stream().map(String::valueOf).collect(Collectors.joining());
        return shuffled(random, all).substring(0, length);
    }

    private static String shuffled(Random random, String letters) {
        List<String> all = new ArrayList<>(List.of(letters.split("")));
        Collections.shuffle(all, random);
        return String.join("", all);
    }

    private static JoinGroupRequestProtocolCollection collection(String letters) {
        JoinGroupRequestProtocolCollection all = new JoinGroupRequestProtocolCollection();
        letters.chars().forEach(letter -> all.add(
            new JoinGroupRequestProtocol().setName(NAMES.get((char) letter)).setMetadata(new byte[0])));
        return all;
    }

    private static String letter(String name) {
        return NAMES.entrySet().stream().filter(entry -> entry.getValue().equals(name)).findFirst().orElseThrow()
            .getKey().toString();
    }

    private static void save(Path file, String columns, Class<?> judge, List<String> lines) throws IOException {
        String legend = NAMES.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
        String head = "# " + judge.getSimpleName() + " of {" + Vectors.jar(judge) + "}; " + legend + "; columns: " + columns;
        Files.writeString(file, head + "\n" + String.join("\n", lines) + "\n");
        System.out.println(file.getFileName() + ": " + lines.size() + " cases");
    }

    private Strategies() { }
}
