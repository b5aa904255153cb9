using Commonwatt.Ledger.Finality;

namespace Commonwatt.Node.Hosting;

/// <summary>Keeps evidence against validators that signed two headers, one file each, in the folder <c>evidence</c> of the node.</summary>
/// <param name="folder">The node's folder.</param>
/// <param name="log">Told every notice.</param>
internal sealed class EvidenceFolder(string folder, Action<string> log)
{
    private readonly string path = Path.Combine(folder, "evidence");

    /// <summary>Logs a notice, and writes down the evidence in it.</summary>
    public void Take(FinalityNotice notice)
    {
        if (notice.Evidence is not { } evidence)
        {
            log(notice.Sentence);
            return;
        }

        string file = Path.Combine(path, $"{evidence.First.Header.Height:D20}-{evidence.Validator}-{evidence.Second.HeaderHash.ToString()[..16]}.equivocation");
        try
        {
            Directory.CreateDirectory(path);
            File.WriteAllBytes(file, evidence.ToArray());
            log($"{notice.Sentence} The evidence is in {file}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The ledger goes on without the file; the sentence names both headers.
            log($"{notice.Sentence} The evidence could not be written to {file}: {exception.Message}");
        }
    }
}
