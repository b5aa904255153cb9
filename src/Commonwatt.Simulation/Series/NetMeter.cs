namespace Commonwatt.Simulation.Series;

/// <summary>
/// Turns a home's load and generation into whole Wh as its meter does: one register counts import, another export, and each carries what is
/// less than one Wh to the next interval, so that the sums of import, export, load and generation are all exact to about a Wh.
/// </summary>
/// <remarks>Load and generation rounded each by itself would not do: import would then be off by up to a Wh at every sunrise and sunset.</remarks>
public static class NetMeter
{
    /// <summary>Counts a home with generation.</summary>
    /// <param name="load">The load of each period in Wh, with its fraction.</param>
    /// <param name="generation">The generation of each period in Wh, with its fraction.</param>
    /// <returns>Whole Wh, with load less generation being what the meter shows; neither is below zero unless the data are.</returns>
    public static (int[] Load, int[] Generation) Count(double[] load, double[] generation)
    {
        int[] wholeLoad = new int[load.Length];
        int[] wholeGeneration = new int[load.Length];
        var import = default(MeterRegister);
        var export = default(MeterRegister);
        double generationDue = 0;
        for (int period = 0; period < load.Length; period++)
        {
            double net = load[period] - generation[period];
            int shown = net > 0 ? import.Count(net) : -export.Count(-net);
            generationDue += generation[period];
            int generated = (int)Math.Floor(generationDue + 0.5);
            if (load[period] >= 0 && generation[period] >= 0)
            {
                generated = int.Max(generated, int.Max(0, -shown));
            }

            generationDue -= generated;
            wholeGeneration[period] = generated;
            wholeLoad[period] = shown + generated;
        }

        return (wholeLoad, wholeGeneration);
    }

    /// <summary>Counts a home without generation.</summary>
    /// <param name="load">The load of each period in Wh, with its fraction.</param>
    public static int[] Count(double[] load)
    {
        int[] whole = new int[load.Length];
        var import = default(MeterRegister);
        for (int period = 0; period < load.Length; period++)
        {
            whole[period] = import.Count(load[period]);
        }

        return whole;
    }
}
