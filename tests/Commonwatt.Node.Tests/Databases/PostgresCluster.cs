using System.Diagnostics;
using Commonwatt.Node.Tests.Databases;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Commonwatt.Node.Tests.Databases;

/// <summary>A PostgreSQL cluster of the tests' own, in a folder that is gone with it. It starts with the first test that asks for it.</summary>
/// <remarks>PostgreSQL does not run as root: where the tests do, it runs as the user that its package made.</remarks>
public sealed class PostgresCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lock Gate = new();
    private static Process? server;
    private static string? folder;
    private static string? problem;

    /// <summary>How to connect to the cluster. Skips the test where PostgreSQL is not installed, unless changes are being checked (CI=true).</summary>
    public static string ConnectionString()
    {
        lock (Gate)
        {
            if (server is null && problem is null)
            {
                problem = Programs() is { } programs ? Start(programs) : "PostgreSQL is not installed: apt-get install postgresql.";
            }
        }

        if (problem is not null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", problem);
            Assert.Fail(problem);
        }

        return $"Host={folder};Username=postgres;Database=postgres;Maximum Pool Size=20";
    }

    public void Dispose()
    {
        if (server is not null)
        {
            // The script that holds the server stops it when nobody is at the other end any more.
            server.StandardInput.Close();
            server.WaitForExit(Patience);
            server.Dispose();
            server = null;
        }

        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
            folder = null;
        }
    }

    private static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max(StringComparer.Ordinal)
        : null;

    private static string? Start(string programs)
    {
        folder = Directory.CreateTempSubdirectory("commonwatt-postgres-").FullName;
        string script =
            $"""
            set -e
            as=()
            if [[ $EUID -eq 0 ]]; then
                chown postgres: '{folder}'
                as=(setpriv --reuid=postgres --regid=postgres --init-groups)
            fi
            cd '{folder}'
            "$[as[@]]" '{programs}/initdb' -D '{folder}/data' -U postgres -A trust -E UTF8 --locale=C --no-sync >'{folder}/initdb.log' 2>&1
            "$[as[@]]" '{programs}/postgres' -D '{folder}/data' -k '{folder}' -c listen_addresses= -c fsync=off -c max_connections=200 >'{folder}/server.log' 2>&1 &
            read -r _ || true
            kill -QUIT $!
            wait $! || true
            """.Replace("$[as[@]]", "${as[@]}", StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        server = Process.Start(start)!;
        return Await();
    }

    private static string? Await()
    {
        long since = TimeProvider.System.GetTimestamp();
        while (!server!.HasExited && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            try
            {
                using var connection = new NpgsqlConnection($"Host={folder};Username=postgres;Database=postgres;Pooling=false");
                connection.Open();
                return null;
            }
            catch (NpgsqlException)
            {
                Thread.Sleep(50);
            }
        }

        string[] logs = [.. Directory.EnumerateFiles(folder!, "*.log").Select(File.ReadAllText)];
        return $"PostgreSQL did not start: {string.Join('\n', logs)}";
    }
}
