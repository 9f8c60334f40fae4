package lanes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The names that cases are made of. A case says them by number. */
final class Pools {
    /** Some sort otherwise by bytes, by length or without case than Java sorts them. */
    static final List<String> TOPICS = List.of(
        "orders", "order", "Orders", "payments", "t10", "t2", "t1", "a", "b", "a-b",
        "a.b", "\uff5ewide", "\ud83d\ude00beyond", "z", "inventory", "orders-1");

    /** Instance ids. */
    static final List<String> INSTANCES =
        List.of("i1", "i10", "i2", "I3", "", "\ue000", "\ud83d\ude00", "shop-0", "shop-1", "a");

    static final List<String> RACKS = List.of("r1", "r2", "r3", "r4");

    /** Ids as clients make them, and ids with equal hash codes. */
    static final List<String> MEMBERS = members();

    private static List<String> members() {
        List<String> ids = new ArrayList<>(List.of(
            "AaAaAa", "AaAaBB", "AaBBAa", "BBAaAa", "BBBBBB", "c1", "c2", "c10", "C1", "",
            "\uff21x", "\ud83d\ude00x", "a", "b", "Z"));
        Random random = new Random(848);
        for (int i = 0; ids.size() < 62; i++) {
            ids.add("consumer-payment-" + i + "-" + Long.toHexString(random.nextLong()));
        }
        return List.copyOf(ids);
    }

    private Pools() { }
}
