package com.comptappart.console;

import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/**
 * What the pages need of Spring MVC: places and words as parameters, two languages, the stylesheet.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleWeb implements WebMvcConfigurer {

    /** The version is that of {@code htmx.version} in the parent POM. */
    private static final String HTMX =
            "classpath:/META-INF/resources/webjars/htmx.org/2.0.10/dist/";

    private final Places places;
    private final Frames frames;
    private final Visitors visitors;
    private final ActsOfRequest acts;
    private final RoleCheck roles;
    private final PlainText plain;

    ConsoleWeb(
            Places places,
            Frames frames,
            Visitors visitors,
            ActsOfRequest acts,
            RoleCheck roles,
            PlainText plain) {
        this.places = places;
        this.frames = frames;
        this.visitors = visitors;
        this.acts = acts;
        this.roles = roles;
        this.plain = plain;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new OfRequest<>(Place.class, places::get));
        resolvers.add(new OfRequest<>(Words.class, frames::words));
        resolvers.add(new OfRequest<>(Visitor.class, visitors::get));
        resolvers.add(new OfRequest<>(Acts.class, acts::of));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(roles);
        registry.addInterceptor(plain);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/console/static/**")
                .addResourceLocations("classpath:/static/console/")
                .setCacheControl(CacheControl.maxAge(Duration.ofMinutes(10)));
        registry.addResourceHandler("/console/static/htmx/**")
                .addResourceLocations(HTMX)
                .setCacheControl(CacheControl.maxAge(Duration.ofMinutes(10)))
                .resourceChain(true)
                .addResolver(new EncodedResourceResolver());
    }

    @Bean
    static LocaleResolver localeResolver() {
        return new Language();
    }
}
