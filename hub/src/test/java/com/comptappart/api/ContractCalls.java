package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.api.CheckedCalls.Asked;
import com.comptappart.testing.HubForTests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What is asked of each operation: at least one thing that is done, and usual refusals. */
abstract class ContractCalls {

    static final String OPERATOR = HubForTests.OPERATOR_KEY;
    static final String ENDPOINTS = "/v1/webhook-endpoints";

    final ContractFacts facts;
    final CheckedCalls calls;
    final String key;
    final Map<String, Runnable> byOperation = new LinkedHashMap<>();

    ContractCalls(ContractFacts facts, CheckedCalls calls) {
        this.facts = facts;
        this.calls = calls;
        this.key = facts.key;
    }

    /** Everybody's. */
    static Map<String, Runnable> all(ContractFacts facts, CheckedCalls calls) {
        var all = new LinkedHashMap<String, Runnable>();
        Stream.of(
                        new ContractOfPartners(facts, calls),
                        new ContractOfEndpoints(facts, calls),
                        new ContractOfSales(facts, calls))
                .forEach(each -> all.putAll(each.byOperation));
        return all;
    }

    /** By its id in the document. */
    final void of(String operation, Runnable asked) {
        byOperation.put(operation, asked);
    }

    final void refused(int status, Asked asked, String code) {
        assertThat(calls.problem(asked, status)).isEqualTo(code);
    }

    static String id(JsonNode order) {
        return order.path("id").asString();
    }

    final Asked command(String path, String name) {
        return Asked.of(key, "POST", path + "/" + name);
    }

    static Asked get(String key, String path) {
        return Asked.of(key, "GET", path);
    }

    static Asked delete(String key, String path) {
        return Asked.of(key, "DELETE", path);
    }

    static Asked post(String key, String path, String json) {
        return Asked.of(key, "POST", path).json(json);
    }

    static Asked patch(String key, String path, String json) {
        return Asked.of(key, "PATCH", path).json(json);
    }
}
