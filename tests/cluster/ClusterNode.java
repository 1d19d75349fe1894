import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * One OpenSearch node in this process, on loopback only:
 * java ClusterNode HOME NAME HTTP_PORT TRANSPORT_PORT SEED_PORTS NAMES, the last two with commas.
 * Prints "started NAME" once it answers, and ends with its standard input.
 *
 * Written for 2.x and 3.x: their plugins have other class names, and a node takes classes or descriptions of them.
 */
public final class ClusterNode {
    private static final List<String> PLUGINS = List.of(
        "org.opensearch.analysis.common.CommonAnalysis", "org.opensearch.painless.Painless", "org.opensearch.transport.Netty4");

    public static void main(String[] arguments) throws Exception {
        String home = arguments[0], name = arguments[1];
        List<String> seeds = List.of(arguments[4].split(","));
        Settings settings = Settings.builder()
            .put("path.home", home)
            .put("path.data", Path.of(home, "data").toString())
            .put("path.logs", Path.of(home, "logs").toString())
            .put("cluster.name", "seedread-test")
            .put("node.name", name)
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[2])
            .put("transport.port", arguments[3])
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            .putList("discovery.seed_hosts", seeds.stream().map(port -> "127.0.0.1:" + port).toList())
            .putList("cluster.initial_cluster_manager_nodes", arguments[5].split(","))
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> name);
        Constructor<Node> made = Node.class.getDeclaredConstructor(Environment.class, Collection.class, boolean.class);
        made.setAccessible(true);
        Node node = made.newInstance(environment, plugins(), true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> { try { node.close(); } catch (Exception ignored) { } }));
        node.start();
        System.out.println("started " + name);
        System.out.flush();
        while (System.in.read() >= 0) { }
        System.exit(0);
    }

    private static List<Object> plugins() throws ClassNotFoundException {
        List<Object> found = new java.util.ArrayList<>();
        for (String start : PLUGINS) {
            if (Version.CURRENT.major < 3) {
                found.add(Class.forName(start + "Plugin"));
            } else {
                String name = start + "ModulePlugin";
                found.add(new PluginInfo(name, "", "NA", Version.CURRENT, "21", name, null, List.of(), false));
            }
        }
        return found;
    }
}
