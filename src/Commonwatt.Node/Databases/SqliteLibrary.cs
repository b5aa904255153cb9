using System.Runtime.InteropServices;
using SQLitePCL;

namespace Commonwatt.Node.Databases;

/// <summary>The SQLite library of this machine.</summary>
internal static class SqliteLibrary
{
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["winsqlite3.dll", "sqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lazy<string?> Problem = new(Load);

    /// <summary>Makes sure that SQLite can be used.</summary>
    /// <exception cref="DatabaseException">It is not on this machine; the message says what to install.</exception>
    public static void Require()
    {
        if (Problem.Value is { } problem)
        {
            throw new DatabaseException(problem);
        }
    }

    private static string? Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => Find());
        if (Find() == IntPtr.Zero)
        {
            return "This machine has no SQLite library, which the node keeps its tables with. Install it (on Debian and Ubuntu: apt-get install libsqlite3-0), or name a PostgreSQL database in the configuration.";
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return null;
    }

    private static IntPtr Find()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out IntPtr library))
            {
                return library;
            }
        }

        return IntPtr.Zero;
    }
}
