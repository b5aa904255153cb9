namespace Commonwatt.Ledger.Storage;

/// <summary>A file holds something else than was written. It is named, and never repaired silently.</summary>
/// <param name="message">A sentence that names the file, the record and the place.</param>
public sealed class DamagedFileException(string message) : IOException(message);
