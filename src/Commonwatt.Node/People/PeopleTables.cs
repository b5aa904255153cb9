namespace Commonwatt.Node.People;

/// <summary>The tables of people, in the database that cannot be made anew from the ledger.</summary>
/// <remarks>Tokens, secrets and codes stand here as digests; times are milliseconds since 1970.</remarks>
internal static class PeopleTables
{
    /// <summary>The table that keeps these tables' version.</summary>
    public const string Versions = "people_version";

    /// <summary>Each version's statements.</summary>
    public static readonly IReadOnlyList<string> Scripts =
    [
        """
        CREATE TABLE people (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            email TEXT,
            email_key TEXT UNIQUE,
            language TEXT NOT NULL,
            time_zone TEXT,
            password_hash TEXT,
            totp_secret TEXT,
            totp_step BIGINT NOT NULL,
            address TEXT UNIQUE,
            public_key TEXT,
            connection_w BIGINT,
            credit_line BIGINT,
            assets TEXT,
            meter TEXT,
            created BIGINT NOT NULL,
            erased BIGINT,
            erasure_pending SMALLINT NOT NULL);
        CREATE TABLE person_roles (
            person TEXT NOT NULL,
            role TEXT NOT NULL,
            PRIMARY KEY (person, role));
        CREATE TABLE passkeys (
            id TEXT NOT NULL PRIMARY KEY,
            person TEXT NOT NULL,
            name TEXT NOT NULL,
            public_key BYTEA NOT NULL,
            sign_count BIGINT NOT NULL,
            transports TEXT NOT NULL,
            is_backup_eligible SMALLINT NOT NULL,
            is_backed_up SMALLINT NOT NULL,
            created BIGINT NOT NULL,
            used BIGINT NOT NULL);
        CREATE INDEX passkeys_of ON passkeys (person);
        CREATE TABLE sessions (
            token TEXT NOT NULL PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            person TEXT NOT NULL,
            device TEXT NOT NULL,
            created BIGINT NOT NULL,
            seen BIGINT NOT NULL,
            expires BIGINT NOT NULL);
        CREATE INDEX sessions_of ON sessions (person);
        CREATE TABLE ceremonies (
            token TEXT NOT NULL PRIMARY KEY,
            purpose TEXT NOT NULL,
            state TEXT NOT NULL,
            expires BIGINT NOT NULL);
        CREATE TABLE invitations (
            id TEXT NOT NULL PRIMARY KEY,
            token TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            email TEXT,
            roles TEXT NOT NULL,
            language TEXT NOT NULL,
            connection_w BIGINT,
            credit_line BIGINT,
            assets TEXT,
            meter TEXT,
            created BIGINT NOT NULL,
            created_by TEXT,
            expires BIGINT NOT NULL,
            withdrawn BIGINT,
            accepted BIGINT,
            person TEXT);
        CREATE TABLE clients (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            secret TEXT NOT NULL,
            scopes TEXT NOT NULL,
            created BIGINT NOT NULL,
            created_by TEXT NOT NULL,
            used BIGINT);
        CREATE TABLE client_tokens (
            token TEXT NOT NULL PRIMARY KEY,
            client TEXT NOT NULL,
            scopes TEXT NOT NULL,
            expires BIGINT NOT NULL);
        CREATE TABLE attempts (
            subject TEXT NOT NULL PRIMARY KEY,
            failures BIGINT NOT NULL,
            blocked_until BIGINT NOT NULL,
            latest BIGINT NOT NULL);
        CREATE TABLE security_events (
            id TEXT NOT NULL PRIMARY KEY,
            at BIGINT NOT NULL,
            kind TEXT NOT NULL,
            person TEXT,
            actor TEXT,
            detail TEXT NOT NULL);
        CREATE INDEX security_events_at ON security_events (at);
        """,
        """
        CREATE TABLE time_zones (
            person TEXT NOT NULL,
            from_month BIGINT NOT NULL,
            zone TEXT NOT NULL,
            PRIMARY KEY (person, from_month));
        INSERT INTO time_zones (person, from_month, zone) SELECT id, 0, time_zone FROM people WHERE time_zone IS NOT NULL;
        """,
    ];
}
