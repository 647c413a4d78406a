-- Sessions of the console, so that a restart keeps them and every node serves them: the tables of spring-session-jdbc 4.1,
-- unchanged, since that library writes them. SESSION_ID is what the browser's cookie carries.
create table spring_session (
    primary_id            char(36)    not null primary key,
    session_id            char(36)    not null,
    creation_time         bigint      not null,
    last_access_time      bigint      not null,
    max_inactive_interval integer     not null,
    expiry_time           bigint      not null,
    principal_name        varchar(100)
);
create unique index spring_session_id on spring_session (session_id);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);
