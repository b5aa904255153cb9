using CsvHelper;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Community.Answers;

/// <summary>A table as CSV (RFC 4180, UTF-8), with the same numbers as the JSON answer. Rows are sent as they are read, so a long table needs no memory.</summary>
/// <param name="fileName">What a browser saves it as.</param>
/// <param name="header">The columns' names, with units.</param>
/// <param name="rows">The rows: whole numbers, times, truths, text, or null for nothing.</param>
internal sealed class CsvTable(string fileName, string[] header, IEnumerable<object?[]> rows) : IResult
{
    /// <summary>What the answer is.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    // A spreadsheet takes text that begins with =, +, - or @ for a formula, which could fetch or run something. Numbers stay as they are.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, TrueValue = "true", FalseValue = "false" };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        return WriteAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }

    /// <summary>Writes the table.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancel)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        csv.WriteHeader(header);
        foreach (object?[] row in rows)
        {
            foreach (object? value in row)
            {
                WriteCell(csv, value);
            }

            await csv.EndRecordAsync(cancel);
        }

        await csv.FlushAsync(cancel);
    }

    private static void WriteCell(CsvWriter csv, object? value)
    {
        switch (value)
        {
            case long number:
                csv.WriteField(number);
                break;
            case int number:
                csv.WriteField(number);
                break;
            case bool truth:
                csv.WriteField(truth);
                break;
            default:
                csv.WriteField(value?.ToString());
                break;
        }
    }
}
