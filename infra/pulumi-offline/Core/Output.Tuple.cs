using Pulumi.Serialization;

namespace Pulumi;

public static partial class Output
{
    private static readonly Input<int> Zero = new(new Output<int>(Task.FromResult(OutputData.Known(0))));

    public static Output<(T1, T2)> Tuple<T1, T2>(
        Output<T1> item1, Output<T2> item2)
        => Tuple((Input<T1>)item1, (Input<T2>)item2);

    public static Output<(T1, T2)> Tuple<T1, T2>(
        Input<T1> item1, Input<T2> item2)
        => Tuple(item1, item2, Zero, Zero, Zero, Zero, Zero, Zero).Apply(v => (v.Item1, v.Item2));

    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3);

    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3)
        => Tuple(item1, item2, item3, Zero, Zero, Zero, Zero, Zero).Apply(v => (v.Item1, v.Item2, v.Item3));

    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4);

    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4)
        => Tuple(item1, item2, item3, item4, Zero, Zero, Zero, Zero).Apply(v => (v.Item1, v.Item2, v.Item3, v.Item4));

    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4, (Input<T5>)item5);

    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5)
        => Tuple(item1, item2, item3, item4, item5, Zero, Zero, Zero).Apply(v => (v.Item1, v.Item2, v.Item3, v.Item4, v.Item5));

    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4, (Input<T5>)item5, (Input<T6>)item6);

    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6)
        => Tuple(item1, item2, item3, item4, item5, item6, Zero, Zero).Apply(v => (v.Item1, v.Item2, v.Item3, v.Item4, v.Item5, v.Item6));

    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6, Output<T7> item7)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4, (Input<T5>)item5, (Input<T6>)item6, (Input<T7>)item7);

    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6, Input<T7> item7)
        => Tuple(item1, item2, item3, item4, item5, item6, item7, Zero).Apply(v => (v.Item1, v.Item2, v.Item3, v.Item4, v.Item5, v.Item6, v.Item7));

    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6, Output<T7> item7, Output<T8> item8)
        => Tuple((Input<T1>)item1, (Input<T2>)item2, (Input<T3>)item3, (Input<T4>)item4, (Input<T5>)item5, (Input<T6>)item6, (Input<T7>)item7, (Input<T8>)item8);

    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6, Input<T7> item7, Input<T8> item8)
    {
        return new Output<(T1, T2, T3, T4, T5, T6, T7, T8)>(CollectAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7, T8)>> CollectAsync()
        {
            var collector = new OutputCollector();
            var value1 = collector.Take(await ((Output<T1>)item1).DataTask);
            var value2 = collector.Take(await ((Output<T2>)item2).DataTask);
            var value3 = collector.Take(await ((Output<T3>)item3).DataTask);
            var value4 = collector.Take(await ((Output<T4>)item4).DataTask);
            var value5 = collector.Take(await ((Output<T5>)item5).DataTask);
            var value6 = collector.Take(await ((Output<T6>)item6).DataTask);
            var value7 = collector.Take(await ((Output<T7>)item7).DataTask);
            var value8 = collector.Take(await ((Output<T8>)item8).DataTask);
            return collector.Finish((value1, value2, value3, value4, value5, value6, value7, value8));
        }
    }
}
