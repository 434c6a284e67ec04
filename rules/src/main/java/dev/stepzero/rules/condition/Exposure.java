package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.rules.net.AddressFields;
import dev.stepzero.rules.net.Networks;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whether something can be reached from the internet, as far as what is configured together shows: it has a public address
 * or door, and nothing that is configured beside it keeps the internet out.
 */
final class Exposure {
    private static final List<String> BALANCERS = List.of("aws_lb", "aws_alb", "aws_elb");
    private static final List<String> GROUPS =
            List.of("vpc_security_group_ids", "security_group_ids", "security_groups");
    private static final List<String> GROUP_RULES =
            List.of("aws_security_group_rule", "aws_vpc_security_group_ingress_rule");
    private static final List<String> MEMBERS =
            List.of("aws_rds_cluster_instance", "aws_neptune_cluster_instance", "aws_docdb_cluster_instance");
    private static final List<String> FIREWALL_RULES = List.of(
            "azurerm_mssql_firewall_rule",
            "azurerm_sql_firewall_rule",
            "azurerm_mysql_firewall_rule",
            "azurerm_mysql_flexible_server_firewall_rule",
            "azurerm_postgresql_firewall_rule",
            "azurerm_postgresql_flexible_server_firewall_rule",
            "azurerm_mariadb_firewall_rule");

    private final Neighbours neighbours;

    private Exposure(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    static Value of(Resource resource, Neighbours neighbours) {
        return new Exposure(neighbours).exposed(resource);
    }

    /** Whether any of some neighbours is exposed; what is no resource is not. */
    static Value ofAny(Value resources, Neighbours neighbours) {
        var exposure = new Exposure(neighbours);
        return any(
                resources, each -> neighbours.owner(each).map(exposure::exposed).orElse(Value.FALSE));
    }

    private Value exposed(Resource resource) {
        var set = resource.attributes();
        return switch (resource.kind()) {
            case "aws_lb", "aws_alb", "aws_elb" -> both(Answers.not(set.get("internal")), admitted(set));
            case "aws_lb_listener", "aws_alb_listener" ->
                ofAny(neighbours.referred(set.get("load_balancer_arn"), BALANCERS), neighbours);
            case "aws_instance" -> both(address(resource), admitted(set));
            case "aws_rds_cluster", "aws_neptune_cluster", "aws_docdb_cluster" ->
                both(
                        any(neighbours.attached(resource, MEMBERS), each -> is(each, "publicly_accessible")),
                        admitted(set));
            case "aws_rds_cluster_instance", "aws_neptune_cluster_instance", "aws_docdb_cluster_instance" ->
                both(is(set, "publicly_accessible"), clusterAdmits(set));
            case "aws_lambda_function" ->
                any(
                        neighbours.attached(resource, List.of("aws_lambda_function_url")),
                        each -> equal(each, "authorization_type", "NONE"));
            case "google_compute_instance", "google_compute_instance_template" ->
                any(
                        set.get("network_interface"),
                        each -> either(isThere(each, "access_config"), isThere(each, "ipv6_access_config")));
            case "google_sql_database_instance" ->
                any(
                        Reading.select(Reading.select(set.get("settings"), "ip_configuration"), "authorized_networks"),
                        each -> Networks.internet(AddressFields.of(Reading.select(each, "value"))));
            case String kind
            when kind.endsWith("_virtual_machine") && kind.startsWith("azurerm_") ->
                any(
                        neighbours.referred(set.get("network_interface_ids"), List.of("azurerm_network_interface")),
                        card -> any(
                                Reading.select(card, "ip_configuration"),
                                each -> isThere(each, "public_ip_address_id")));
            case String kind
            when kind.startsWith("azurerm_") && kind.endsWith("_server") ->
                both(
                        Answers.not(Comparison.equal(set.get("public_network_access_enabled"), Value.FALSE)),
                        any(neighbours.attached(resource, FIREWALL_RULES), Exposure::letsEverybodyIn));
            default -> both(is(set, "publicly_accessible"), admitted(set));
        };
    }

    private Value address(Resource instance) {
        var said = instance.attributes().get("associate_public_ip_address");
        if (!(said instanceof Value.Absent)) {
            return Answers.truth(said);
        }
        var subnet = any(
                neighbours.referred(instance.attributes().get("subnet_id"), List.of("aws_subnet")),
                each -> is(each, "map_public_ip_on_launch"));
        return either(
                subnet,
                any(neighbours.attached(instance, List.of("aws_eip", "aws_eip_association")), each -> Value.TRUE));
    }

    /** True too where no group is named or one stands elsewhere: nothing that can be seen here keeps the internet out. */
    private Value admitted(Value.Mapping set) {
        Value answer = Value.FALSE;
        int named = 0;
        int seen = 0;
        for (var name : GROUPS) {
            var groups = set.get(name);
            if (groups instanceof Unknown unknown && unknown.references().isEmpty()) {
                return unknown;
            }
            var found = Reading.elements(neighbours.referred(groups, List.of("aws_security_group")));
            named += Reading.elements(groups).size();
            seen += found.size();
            for (var group : found) {
                answer = either(answer, letsInternetIn(group.value()));
            }
        }
        return named == 0 || seen < named ? Value.TRUE : answer;
    }

    private Value clusterAdmits(Value.Mapping member) {
        var clusters = neighbours.referred(
                member.get("cluster_identifier"),
                List.of("aws_rds_cluster", "aws_neptune_cluster", "aws_docdb_cluster"));
        return Reading.elements(clusters).isEmpty()
                ? Value.TRUE
                : any(clusters, each -> each instanceof Value.Mapping cluster ? admitted(cluster) : Value.TRUE);
    }

    private Value letsInternetIn(Value group) {
        var inside = any(Reading.select(group, "ingress"), each -> Networks.internet(AddressFields.of(each)));
        var beside = neighbours
                .owner(group)
                .map(owner -> neighbours.attached(owner, GROUP_RULES))
                .orElse(Value.Sequence.EMPTY);
        return either(
                inside,
                any(
                        beside,
                        each -> both(
                                Answers.not(equal(each, "type", "egress")),
                                Networks.internet(AddressFields.of(each)))));
    }

    private static Value letsEverybodyIn(Value firewallRule) {
        return both(
                equal(firewallRule, "start_ip_address", "0.0.0.0"),
                equal(firewallRule, "end_ip_address", "255.255.255.255"));
    }

    private static Value is(Value value, String attribute) {
        return Answers.truth(Reading.select(value, attribute));
    }

    private static Value equal(Value value, String attribute, String text) {
        return Comparison.equal(Reading.select(value, attribute), Value.of(text));
    }

    private static Value isThere(Value value, String attribute) {
        return Answers.not(Comparison.equal(Reading.select(value, attribute), Value.ABSENT));
    }

    private static Value any(Value values, UnaryOperator<Value> test) {
        if (values instanceof Unknown unknown) {
            return Answers.unknown(unknown);
        }
        Value answer = Value.FALSE;
        for (var each : Reading.elements(values)) {
            answer = either(answer, test.apply(each.value()));
        }
        return answer;
    }

    private static Value both(Value one, Value other) {
        return Answers.isFalse(one) || Answers.isTrue(other) ? one : other;
    }

    private static Value either(Value one, Value other) {
        return Answers.isTrue(one) || Answers.isFalse(other) ? one : other;
    }
}
