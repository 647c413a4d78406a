package com.comptappart.bench;

import com.comptappart.buyer.BuyerLinkMade;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Which pages of the console are lists, and how they are asked. */
final class ConsolePages {

    private static final String PLACE = "/console/" + ConsoleLedger.SLUG + "/live";
    private static final String ALL = "/console/tous/live";

    private final ConsoleLedger ledger;
    private final Path data;
    private final String monthAgo =
            LocalDate.now(ZoneId.of("Europe/Paris")).minusDays(30).toString();
    private final String halfYearAgo =
            LocalDate.now(ZoneId.of("Europe/Paris")).minusDays(182).toString();

    /**
     * @param data the hub's data directory
     */
    ConsolePages(ConsoleLedger ledger, Path data) {
        this.data = data;
        this.ledger = ledger;
    }

    List<String> all() throws SQLException, IOException {
        var all = new ArrayList<String>();
        for (String place : List.of(PLACE, ALL)) {
            all.add(place + "/");
            all.add(place + "/?periode=90");
            orders(all, place);
            deliveries(all, place);
            documents(all, place);
            subscriptions(all, place);
            mails(all, place);
            all.add(place + "/a-traiter");
            all.add(place + "/reglages/journal");
        }
        journal(all);
        all.add(PLACE + "/integration");
        all.add(PLACE + "/livraisons/reprise");
        all.add(ALL + "/partenaires");
        all.add(ALL + "/etat");
        all.add("/status");
        all.add(area());
        return all;
    }

    private void orders(List<String> all, String place) throws SQLException {
        String list = place + "/commandes";
        all.add(list);
        all.add(list + "?after=" + middle("order_id", "paid_order", "order_id"));
        for (String state :
                List.of("paid", "partly_refunded", "refunded", "disputed", "attention")) {
            all.add(list + "?etat=" + state);
        }
        all.add(list + "?produit=prod_bench3");
        all.add(list + "?du=" + halfYearAgo + "&au=" + halfYearAgo);
        all.add(list + "?min=120&max=130");
        all.add(list + "?min=100000");
        all.add(list + "?raison=subscription_cycle");
        all.add(list + "?raison=manual");
        all.add(list + "?email=client4711@exemple.example");
        all.add(list + "?email=" + ConsoleLedger.LOYAL);
        all.add(list + "?etat=disputed&du=" + halfYearAgo + "&produit=prod_bench7");
    }

    private void deliveries(List<String> all, String place) throws SQLException {
        String list = place + "/livraisons";
        all.add(list);
        all.add(list + "?after=" + middle("position", "webhook_notification", "position"));
        for (String stage :
                List.of("pending", "in_flight", "retrying", "delivered", "failed", "held")) {
            all.add(list + "?etat=" + stage);
        }
        all.add(
                list
                        + "?point="
                        + ledger.text(
                                "select endpoint_id from webhook_endpoint where url like '%/second'"));
        all.add(list + "?type=order.created");
        all.add(list + "?type=order.refunded");
        all.add(list + "?statut=5xx");
        all.add(list + "?statut=404");
        all.add(list + "?statut=aucun");
        all.add(list + "?depuis=" + halfYearAgo + "&jusqua=" + halfYearAgo);
        all.add(list + "?etat=failed&depuis=" + halfYearAgo);
    }

    private void documents(List<String> all, String place) throws SQLException {
        String list = place + "/factures";
        all.add(list);
        all.add(list + "?after=" + middle("number", "invoice", "issued_at"));
        all.add(list + "?type=facture");
        all.add(list + "?type=avoir");
        all.add(list + "?annee=" + halfYearAgo.substring(0, 4));
        all.add(list + "?email=attente");
        all.add(list + "?email=echec");
        all.add(list + "?depuis=" + halfYearAgo + "&jusqua=" + halfYearAgo);
        all.add(list + "?q=client311@exemple.example");
        all.add(list + "?q=Lef%C3%A8vre");
        all.add(list + "?q=4711");
    }

    private void subscriptions(List<String> all, String place) {
        String list = place + "/abonnements";
        all.add(list);
        for (String stage : List.of("running", "ending", "unpaid", "paused", "ended")) {
            all.add(list + "?etat=" + stage);
        }
        all.add(list + "?email=client4710@exemple.example");
        all.add(list + "?produit=prod_bench4");
        all.add(list + "?produit=prod_none");
        all.add(list + "?du=" + halfYearAgo);
    }

    private void mails(List<String> all, String place) throws SQLException {
        String list = place + "/e-mails";
        all.add(list);
        all.add(list + "?after=" + middle("mail_id", "mail", "created_at"));
        for (String state : List.of("pending", "sent", "kept", "failed", "suppressed")) {
            all.add(list + "?etat=" + state);
        }
        all.add(list + "?destinataire=client4711@exemple.example");
        all.add(list + "?destinataire=" + ConsoleLedger.LOYAL);
        all.add(list + "?depuis=" + halfYearAgo + "&jusqua=" + halfYearAgo);
        all.add(list + "?etat=failed&depuis=" + monthAgo);
    }

    private void journal(List<String> all) throws SQLException {
        String list = PLACE + "/reglages/journal";
        all.add(list + "?after=" + middle("entry_id", "audit_entry", "entry_id"));
        all.add(list + "?quoi=refund");
        all.add(list + "?quoi=team");
        all.add(list + "?qui=per_bench3");
        all.add(list + "?qui=nobody");
        all.add(list + "?du=" + halfYearAgo + "&au=" + halfYearAgo);
    }

    /** A row's id in the middle of the list of the partner that has most: half of it is before. */
    private String middle(String id, String table, String order) throws SQLException {
        return ledger.text(
                """
                select %1$s from %2$s where partner_id = 'part_bench' order by %3$s
                offset (select count(*) / 2 from %2$s where partner_id = 'part_bench') limit 1
                """
                        .formatted(id, table, order));
    }

    /** That of who bought most. */
    private String area() throws SQLException, IOException {
        return BuyerLinkMade.path(
                data,
                ledger.number(
                        "select max(order_id) from paid_order where partner_id = 'part_bench' and email = '"
                                + ConsoleLedger.LOYAL
                                + "'"));
    }
}
