package lanes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A random group that lives through some steps: members come and go, topics grow, somebody misses a generation. */
final class History {
    /** What kinds of things happen. */
    enum Kind {
        /** Nobody holds anything. */
        FRESH,
        /** Members hold what they got, in generations, and some are confused about it. */
        CLIENT,
        /** Each has its target; no two have the same. */
        BROKER
    }

    final Group group = new Group();
    private final Random random;
    private final Kind kind;
    private final boolean racks;
    private final int maxMembers;
    private final int maxTopics;
    private final int maxPartitions;
    /** Whether all subscribe alike. */
    private final boolean alike;
    /** Whether what members hold is thrown about at each step: far from balance, every tie-break comes up. */
    private final boolean scattered;
    private final List<Integer> sharedTopics = new ArrayList<>();
    private final Set<Integer> late = new HashSet<>();
    private int generation = 1;

    History(Random random, Kind kind, boolean racks) {
        this.random = random;
        this.kind = kind;
        this.racks = racks;
        boolean large = random.nextInt(25) == 0;
        maxMembers = large ? 60 : 2 + random.nextInt(9);
        maxTopics = large ? 12 : 1 + random.nextInt(7);
        maxPartitions = large ? 30 : 2 + random.nextInt(9);
        scattered = kind != Kind.FRESH && random.nextInt(5) < 2;
        alike = random.nextInt(5) < (scattered ? 1 : 2);
        for (int i = 1 + random.nextInt(maxTopics); i > 0; i--) {
            addTopic();
        }
        sharedTopics.addAll(someTopics());
        for (int i = 1 + random.nextInt(maxMembers); i > 0; i--) {
            join();
        }
        if (scattered) {
            scatter();
        }
        rackAll();
    }

    /** Something happens. */
    void step() {
        int events = 1 + random.nextInt(2);
        for (int i = 0; i < events; i++) {
            switch (random.nextInt(kind == Kind.CLIENT ? 12 : 7)) {
                case 0, 1 -> join();
                case 2 -> {
                    if (group.members.size() > 1) {
                        group.members.remove(random.nextInt(group.members.size()));
                    }
                }
                case 3 -> grow();
                case 4 -> resubscribe();
                case 5 -> {
                    // Nothing: the follow-up round, or one that somebody asked for.
                }
                case 6 -> {
                    if (random.nextBoolean()) {
                        addTopic();
                    } else if (group.topics.size() > 1) {
                        List<Integer> existing = new ArrayList<>(group.topics.keySet());
                        group.topics.remove(existing.get(random.nextInt(existing.size())));
                    }
                }
                case 7, 8 -> late.add(anyone().id);
                case 9 -> claimAnothers();
                case 10 -> anyone().generation = -1;
                default -> rejoinAsNew();
            }
        }
        if (scattered) {
            scatter();
        }
        rackAll();
    }

    /** The members hold what they were given, but for those that were late. */
    void carry(Map<String, List<TopicPartition>> assigned) {
        if (kind == Kind.FRESH) {
            return;
        }
        for (Group.Member member : group.members) {
            if (late.contains(member.id)) {
                continue;
            }
            member.owned = new ArrayList<>(assigned.get(member.name()));
            member.generation = generation;
        }
        late.clear();
        generation++;
    }

    private Group.Member anyone() {
        return group.members.get(random.nextInt(group.members.size()));
    }

    private void join() {
        List<Integer> free = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        group.members.forEach(m -> taken.add(m.id));
        for (int id = 0; id < Pools.MEMBERS.size(); id++) {
            if (!taken.contains(id)) {
                free.add(id);
            }
        }
        if (free.isEmpty() || group.members.size() >= maxMembers) {
            return;
        }
        Group.Member member = new Group.Member(free.get(random.nextInt(free.size())));
        member.topics = topicsForOne();
        if (random.nextInt(4) == 0) {
            int instance = random.nextInt(Pools.INSTANCES.size());
            if (group.members.stream().noneMatch(m -> m.instance == instance)) {
                member.instance = instance;
            }
        }
        if (racks && random.nextInt(6) > 0) {
            member.rack = random.nextInt(Pools.RACKS.size());
        }
        group.members.add(member);
    }

    private List<Integer> topicsForOne() {
        // Once in a while somebody is different even where all are alike.
        if (alike ? random.nextInt(40) > 0 : random.nextInt(3) == 0) {
            return new ArrayList<>(sharedTopics);
        }
        return random.nextInt(15) == 0 ? new ArrayList<>() : someTopics();
    }

    private List<Integer> someTopics() {
        List<Integer> some = new ArrayList<>(group.topics.keySet());
        Collections.shuffle(some, random);
        some = new ArrayList<>(some.subList(0, 1 + random.nextInt(some.size())));
        if (random.nextInt(12) == 0) {
            // A topic that may not exist.
            int topic = random.nextInt(Pools.TOPICS.size());
            if (!some.contains(topic)) {
                some.add(topic);
            }
        }
        return some;
    }

    private void addTopic() {
        if (group.topics.size() >= maxTopics) {
            return;
        }
        int topic = random.nextInt(Pools.TOPICS.size());
        // Often as many as another has: so that counts tie.
        boolean same = !group.topics.isEmpty() && random.nextInt(3) == 0;
        group.topics.putIfAbsent(topic, same ? group.topics.firstEntry().getValue() : 1 + random.nextInt(maxPartitions));
    }

    private void grow() {
        List<Integer> existing = new ArrayList<>(group.topics.keySet());
        group.topics.computeIfPresent(existing.get(random.nextInt(existing.size())),
            (__, count) -> Math.min(40, count + 1 + random.nextInt(3)));
    }

    private void resubscribe() {
        if (!alike || random.nextInt(6) == 0) {
            anyone().topics = topicsForOne();
            return;
        }
        sharedTopics.clear();
        sharedTopics.addAll(someTopics());
        group.members.forEach(m -> m.topics = new ArrayList<>(sharedTopics));
    }

    private void claimAnothers() {
        Group.Member from = anyone();
        Group.Member by = anyone();
        if (from == by || from.owned.isEmpty()) {
            return;
        }
        for (TopicPartition tp : from.owned) {
            if (random.nextBoolean() && !by.owned.contains(tp)) {
                by.owned.add(tp);
            }
        }
        if (random.nextInt(3) == 0) {
            by.generation = from.generation;
        }
    }

    /** It crashed and is back at the end of the line, under the same id, without memory. */
    private void rejoinAsNew() {
        Group.Member member = anyone();
        group.members.remove(member);
        member.owned.clear();
        member.generation = -1;
        group.members.add(member);
    }

    private void scatter() {
        // Half of the time all are of one generation.
        boolean generations = kind == Kind.CLIENT && random.nextBoolean();
        for (Group.Member member : group.members) {
            member.owned.clear();
            member.generation = generations ? Math.max(-1, generation - random.nextInt(3)) : generation;
        }
        int favourites = 1 + random.nextInt(group.members.size());
        group.topics.forEach((topic, count) -> {
            for (int p = 0; p < count; p++) {
                if (random.nextInt(6) == 0) {
                    continue;
                }
                int claims = kind == Kind.CLIENT && random.nextInt(generations ? 4 : 20) == 0 ? 2 : 1;
                Set<Group.Member> owners = new HashSet<>();
                for (int i = 0; i < claims; i++) {
                    List<Group.Member> among = random.nextInt(3) == 0
                        ? group.members : group.members.subList(0, favourites);
                    List<Group.Member> subscribed = among.stream().filter(m -> m.topics.contains(topic)).toList();
                    boolean stray = subscribed.isEmpty() || random.nextInt(30) == 0;
                    List<Group.Member> candidates = stray ? among : subscribed;
                    if (!stray || random.nextInt(4) == 0) {
                        owners.add(candidates.get(random.nextInt(candidates.size())));
                    }
                }
                for (Group.Member owner : owners) {
                    owner.owned.add(new TopicPartition(Pools.TOPICS.get(topic), p));
                }
            }
        });
    }

    private void rackAll() {
        if (!racks) {
            return;
        }
        if (group.racks == null) {
            group.racks = new java.util.HashMap<>();
        }
        group.topics.forEach((topic, count) -> {
            List<List<Integer>> of = group.racks.computeIfAbsent(topic, __ -> new ArrayList<>());
            while (of.size() < count) {
                List<Integer> all = new ArrayList<>(List.of(0, 1, 2, 3));
                Collections.shuffle(all, random);
                of.add(new ArrayList<>(all.subList(0, random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(3))));
            }
        });
    }
}
