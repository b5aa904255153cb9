using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Commonwatt.Node.Pages;

/// <summary>A file of the pages, with the forms it was compressed to when the pages were built.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Tag">Changes with its content, in quotes.</param>
/// <param name="IsHashed">Whether its name changes with its content, so that it may be kept for ever.</param>
/// <param name="Brotli">Its form compressed by Brotli, or null.</param>
/// <param name="Gzip">Its form compressed by gzip, or null.</param>
internal sealed record PageFile(string Path, string Type, string Tag, bool IsHashed, string? Brotli, string? Gzip);

/// <summary>The files of the built pages by the path a browser asks for. They are listed once: what is not in the list is not served, whatever a path says.</summary>
internal sealed class PageFiles
{
    private const string HashedFolder = "/assets/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".wasm"] = "application/wasm",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, PageFile> files;

    private PageFiles(FrozenDictionary<string, PageFile> files, PageFile index)
    {
        this.files = files;
        Index = index;
    }

    /// <summary>The page that every route of the pages begins with.</summary>
    public PageFile Index { get; }

    /// <summary>Lists a folder, or returns null where no pages were built to it.</summary>
    public static PageFiles? Of(string folder)
    {
        string whole = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(whole, "index.html")))
        {
            return null;
        }

        var found = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(whole, "*", SearchOption.AllDirectories))
        {
            if (Types.TryGetValue(Path.GetExtension(path), out string? type))
            {
                string name = "/" + Path.GetRelativePath(whole, path).Replace(Path.DirectorySeparatorChar, '/');
                found[name] = new PageFile(path, type, TagOf(path), name.StartsWith(HashedFolder, StringComparison.Ordinal), Compressed(path, ".br"), Compressed(path, ".gz"));
            }
        }

        return new PageFiles(found.ToFrozenDictionary(StringComparer.Ordinal), found["/index.html"]);
    }

    /// <summary>The file that a path asks for, or null.</summary>
    /// <param name="path">The path as the browser sent it, decoded, such as <c>/assets/app-1f3a.js</c>.</param>
    public PageFile? Find(string path) => files.GetValueOrDefault(path);

    private static string? Compressed(string path, string extension) => File.Exists(path + extension) ? path + extension : null;

    private static string TagOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(file))[..16]}\"";
    }
}
