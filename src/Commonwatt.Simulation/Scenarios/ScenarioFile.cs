namespace Commonwatt.Simulation.Scenarios;

/// <summary>Reads scenario files.</summary>
public static class ScenarioFile
{
    /// <summary>Reads and checks a scenario file; the data files it names are read by <see cref="CommunityData.Prepare"/>.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The scenario, or everything that is wrong with it.</returns>
    public static ScenarioResult<Scenario> Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            return Refused(path, "is a folder; give the path of a scenario file.");
        }

        if (!File.Exists(path))
        {
            return Refused(path, "there is no such file; give the path of a scenario file, such as scenarios/neighbourhood.json.");
        }

        try
        {
            return Parse(File.ReadAllBytes(path), Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refused(path, $"cannot be read: {fault.Message}");
        }
    }

    /// <summary>Reads and checks a scenario.</summary>
    /// <param name="json">The scenario as UTF-8 JSON; comments and trailing commas are allowed.</param>
    /// <param name="folder">The folder that its paths are relative to.</param>
    /// <returns>The scenario, or everything that is wrong with it.</returns>
    public static ScenarioResult<Scenario> Parse(ReadOnlyMemory<byte> json, string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return ScenarioReader.Read(json, folder);
    }

    private static ScenarioResult<Scenario> Refused(string path, string sentence) =>
        ScenarioResult<Scenario>.Refused([new ScenarioProblem(path, sentence)]);
}
