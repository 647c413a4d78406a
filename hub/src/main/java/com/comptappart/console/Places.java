package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Partner;
import com.comptappart.partner.Partners;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/** Reads the {@link Place} from an address, and says where a partner's pages are. */
@Component
class Places {

    private static final String PLACE = Place.class.getName();
    private static final int SHOWN_PARTNERS = 100;

    private final Partners partners;
    private final Visitors visitors;
    private final Map<PartnerId, String> words = new ConcurrentHashMap<>();

    Places(Partners partners, Visitors visitors) {
        this.partners = partners;
        this.visitors = visitors;
    }

    /** The partner's word in addresses; remembered, since a slug never changes. */
    String word(PartnerId partner) {
        return words.computeIfAbsent(
                partner,
                id ->
                        partners.find(id)
                                .map(Partner::slug)
                                .filter(slug -> !Place.ALL.equals(slug))
                                .orElse(id.value()));
    }

    /** Those that the visitor sees; of who sees all, the first. */
    List<Partner> partners(Visitor visitor) {
        return visitor.rights().seesAll()
                ? partners.list(new PageRequest(SHOWN_PARTNERS, null)).data()
                : visitor.rights().partners().stream()
                        .limit(SHOWN_PARTNERS)
                        .map(partners::get)
                        .toList();
    }

    /**
     * @throws Refused when the address names a partner that there is not, or that the visitor may
     *     not see: the same answer for both
     */
    Optional<Place> of(HttpServletRequest request) {
        if (request.getAttribute(PLACE) instanceof Place known) {
            return Optional.of(known);
        }
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables)
                || !(variables.get("partner") instanceof String word)
                || !(variables.get("environment") instanceof String environment)) {
            return Optional.empty();
        }
        var place =
                Optional.of(place(word, Place.environment(environment)))
                        .filter(each -> sees(request, each))
                        .orElseThrow(() -> unknown(word));
        request.setAttribute(PLACE, place);
        return Optional.of(place);
    }

    private Place place(String word, Environment environment) {
        if (Place.ALL.equals(word)) {
            return new Place(word, null, "", environment);
        }
        if (PartnerId.UNASSIGNED.value().equals(word)) {
            return new Place(word, PartnerId.UNASSIGNED, "", environment);
        }
        var partner =
                partners.resolve(word).flatMap(partners::find).orElseThrow(() -> unknown(word));
        return new Place(word(partner.id()), partner.id(), partner.name(), environment);
    }

    private boolean sees(HttpServletRequest request, Place place) {
        return visitors.of(request)
                .filter(visitor -> visitor.rights().sees(place.partner()))
                .isPresent();
    }

    private static Refused unknown(String word) {
        return Refused.notFound("partner_not_found", "there is no partner " + word);
    }

    /** Of a page whose address has one. */
    Place get(HttpServletRequest request) {
        return of(request).orElseThrow(() -> new IllegalStateException("the address has no place"));
    }
}
