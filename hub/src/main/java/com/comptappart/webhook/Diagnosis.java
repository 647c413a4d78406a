package com.comptappart.webhook;

import java.util.Locale;
import java.util.Optional;

/**
 * The usual causes of a failed attempt, in plain words that say whose turn it is. A code that was
 * stored once keeps its meaning.
 */
public enum Diagnosis {
    NAME_UNKNOWN(
            "Le nom de l’hôte n’existe pas dans le DNS : corrigez l’adresse, ou attendez que l’enregistrement soit publié.",
            "The host's name is not in the DNS: correct the URL, or wait until the record is published."),
    ADDRESS_REFUSED(
            "Le nom mène à une adresse ou à un port que le hub n’appelle pas : publiez le point de réception en https, à une adresse publique.",
            "The name leads to an address or port that the hub does not call: publish the endpoint on https, at a public address."),
    CONNECTION_REFUSED(
            "Rien n’écoute à cette adresse et à ce port : démarrez le serveur, ou ouvrez le port dans le pare-feu.",
            "Nothing listens at this address and port: start the server, or open the port in the firewall."),
    CONNECTION_TIMEOUT(
            "Personne n’a répondu à la connexion : un pare-feu jette sans doute nos paquets, ou le serveur est éteint.",
            "Nobody answered the connection: a firewall probably drops our packets, or the server is down."),
    NO_ROUTE(
            "Aucune route ne mène à cette adresse : vérifiez l’enregistrement DNS (surtout AAAA, IPv6) et le réseau de l’hébergeur.",
            "No route leads to this address: check the DNS record (AAAA, IPv6, above all) and the hosting network."),
    TLS_CHAIN(
            "Le certificat n’est signé par aucune autorité connue, ou le serveur n’envoie pas le certificat intermédiaire : installez la chaîne complète (fullchain.pem).",
            "No known authority signed the certificate, or the server does not send the intermediate one: install the full chain (fullchain.pem)."),
    TLS_EXPIRED(
            "Le certificat a expiré : renouvelez-le, puis rechargez le serveur.",
            "The certificate has expired: renew it, then reload the server."),
    TLS_NOT_YET_VALID(
            "Le certificat n’est pas encore valable : vérifiez sa date de début et l’horloge du serveur qui l’a émis.",
            "The certificate is not valid yet: check its first date and the clock of the server that issued it."),
    TLS_NAME(
            "Le certificat est celui d’un autre nom : demandez-en un pour le nom de l’adresse, ou corrigez l’adresse.",
            "The certificate is for another name: get one for the name in the URL, or correct the URL."),
    TLS_PLAIN(
            "Le serveur parle HTTP en clair sur ce port : activez TLS, ou donnez le port qui parle https.",
            "The server speaks plain HTTP on this port: turn TLS on, or give the port that speaks https."),
    TLS_PROTOCOL(
            "Aucune version ni aucun chiffrement TLS en commun : acceptez TLS 1.2 ou 1.3 avec une suite courante.",
            "No TLS version or cipher in common: accept TLS 1.2 or 1.3 with a usual suite."),
    TLS_TIMEOUT(
            "La connexion s’ouvre, mais la négociation TLS n’aboutit pas à temps : le port n’est peut-être pas un port https, ou le serveur est saturé.",
            "The connection opens, but TLS does not finish in time: the port may not be an https port, or the server is overloaded."),
    TLS_FAILED(
            "La négociation TLS a échoué : essayez « openssl s_client -connect hôte:port » depuis une autre machine.",
            "TLS failed: try 'openssl s_client -connect host:port' from another machine."),
    NO_ANSWER_IN_TIME(
            "Connecté, mais pas d’octet de réponse à temps : répondez 2xx dès que la notification est enregistrée, et travaillez ensuite.",
            "Connected, but no byte of an answer in time: answer 2xx as soon as the notification is stored, and do the work afterwards."),
    ANSWER_TOO_SLOW(
            "La réponse a commencé mais n’a pas fini à temps : répondez sans corps, ou d’un seul coup.",
            "The answer began but did not end in time: answer without a body, or all at once."),
    CONNECTION_CLOSED(
            "Le serveur a fermé la connexion sans répondre : regardez ses journaux, le programme est peut-être tombé.",
            "The server closed the connection without an answer: look at its logs, the program may have crashed."),
    NOT_HTTP(
            "Ce qui a répondu n’est pas du HTTP : vérifiez le port.",
            "What answered is not HTTP: check the port."),
    ANSWER_BROKEN(
            "La réponse est du HTTP, mais abîmé, et le message d’erreur dit à quel endroit : corrigez ce qui l’écrit (programme, serveur frontal), une réponse courte et sans corps suffit.",
            "The answer is HTTP, but broken, and the error message says where: correct what writes it (program, proxy), a short answer without a body will do."),
    ANSWER_ENDLESS(
            "La réponse ne finit pas, ou est bien trop longue : l’adresse mène sans doute à une page ou à un flux et non au récepteur, qui doit répondre brièvement.",
            "The answer does not end, or is far too long: the URL probably leads to a page or stream and not to the receiver, which should answer briefly."),
    REDIRECT_SLASH(
            "Redirection vers la même adresse à une barre oblique près : enregistrez l’adresse exacte, le hub ne suit aucune redirection.",
            "Redirected to the same URL but for its trailing slash: save the exact URL, the hub follows no redirect."),
    REDIRECT_LOGIN(
            "Redirection vers une page de connexion : excluez cette route de l’authentification par session.",
            "Redirected to a sign-in page: take this route out of session authentication."),
    REDIRECT_HOST(
            "Redirection vers un autre hôte (www, domaine canonique) : enregistrez l’adresse finale.",
            "Redirected to another host (www, canonical domain): save the final URL."),
    REDIRECT(
            "Le serveur redirige : enregistrez l’adresse finale, le hub ne suit aucune redirection (souvent, une page de maintenance).",
            "The server redirects: save the final URL, the hub follows no redirect (often a maintenance page)."),
    BAD_REQUEST(
            "Votre programme refuse l’appel : si c’est la signature, comparez le secret whsec_, les octets bruts et l’horloge (et répondez 401) ; sinon répondez 2xx aux types que vous ne connaissez pas.",
            "Your program refuses the call: if it is the signature, compare the whsec_ secret, the raw bytes and the clock (and answer 401); else answer 2xx to types that you do not know."),
    UNAUTHORIZED(
            "La clé ou la signature n’est pas acceptée : comparez X-API-KEY et le secret whsec_, signez les octets bruts du corps, vérifiez l’horloge.",
            "The key or signature is not accepted: compare X-API-KEY and the whsec_ secret, verify the raw bytes of the body, check the clock."),
    FIREWALL(
            "Un pare-feu applicatif refuse l’appel avant votre programme : autorisez l’agent ComptAppart-Webhook sur cette route.",
            "A web application firewall refuses the call before your program sees it: allow the agent ComptAppart-Webhook on this route."),
    CSRF(
            "La protection CSRF refuse l’appel : excluez cette route, la signature la protège déjà.",
            "CSRF protection refuses the call: exempt this route, the signature protects it already."),
    FORBIDDEN(
            "Accès interdit : vérifiez la clé X-API-KEY et les règles d’accès de cette route.",
            "Access is forbidden: check the X-API-KEY and the access rules of this route."),
    NOT_FOUND(
            "Cette route n’existe pas sur le serveur : comparez le chemin de l’adresse à celui que vous avez déployé.",
            "The server has no such route: compare the path in the URL with the one that is deployed."),
    METHOD(
            "La route existe mais n’accepte pas POST : déclarez-la en POST.",
            "The route exists but takes no POST: declare it as POST."),
    CONTENT_TYPE(
            "La route n’accepte pas application/json : retirez ce filtre.",
            "The route does not take application/json: remove that filter."),
    TOO_LARGE(
            "Le corps est plus grand que la limite de votre serveur : portez-la à 1 Mo.",
            "The body is larger than your server's limit: raise it to 1 MB."),
    UNPROCESSABLE(
            "Un schéma refuse le corps : acceptez les champs que vous ne connaissez pas.",
            "A schema refuses the body: accept fields that you do not know."),
    RATE_LIMITED(
            "Votre serveur limite la cadence : le hub attend et réessaie ; une limite par point de réception évite ces refus.",
            "Your server limits the rate: the hub waits and tries again; a rate limit on the endpoint avoids these refusals."),
    GONE(
            "410 : le serveur ne veut plus rien ; le point de réception est désactivé, réactivez-le quand il revient.",
            "410: the server wants no more; the endpoint is disabled, enable it when it is back."),
    CONFLICT(
            "Votre programme dit qu’il est occupé (408, 409, 425) : le hub réessaie.",
            "Your program says that it is busy (408, 409, 425): the hub tries again."),
    CLIENT_ERROR(
            "Votre programme refuse l’appel : ses journaux disent pourquoi ; rejouez la notification une fois réparé.",
            "Your program refuses the call: its logs say why; replay the notification once that is mended."),
    SERVER_ERROR(
            "Votre programme est tombé sur une erreur : ses journaux, à cette heure, disent laquelle.",
            "Your program failed: its logs at that time say how."),
    PROXY(
            "Le serveur frontal ne joint pas votre programme (502, 504, 52x) : démarrez-le, ou augmentez le délai du frontal.",
            "The proxy in front does not reach your program (502, 504, 52x): start it, or raise the proxy's time limit."),
    MAINTENANCE(
            "Le serveur est en maintenance ou saturé (503) : le hub réessaie.",
            "The server is under maintenance or overloaded (503): the hub tries again."),
    UNUSUAL_ANSWER(
            "Réponse inhabituelle : un code 2xx, et lui seul, dit que la notification est reçue.",
            "An unusual answer: a 2xx status, and nothing else, says that the notification was taken."),
    CALL_FAILED(
            "L’appel a échoué d’une façon inhabituelle : le message d’erreur est ce que nous en savons.",
            "The call failed in an unusual way: the error message is all that we know.");

    private final String french;
    private final String english;

    Diagnosis(String french, String english) {
        this.french = french;
        this.english = english;
    }

    /** Stable, such as {@code tls_chain}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String french() {
        return french;
    }

    public String english() {
        return english;
    }

    /** Of a stored code; empty where it is empty, or of a newer hub. */
    static Optional<Diagnosis> of(String code) {
        for (Diagnosis each : values()) {
            if (each.code().equals(code)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
