using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Publication.Streams;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Tests.Publication;

public sealed class DeliveryTests
{
    private static readonly DeliveryPoint One = new("stable", 1, "h1");
    private static readonly DeliveryPoint Two = new("stable", 2, "h2");
    private static readonly DeliveryPoint Three = new("stable", 3, "h3");

    [Fact]
    public void At_most_one_update_is_under_way()
    {
        var delivery = new Delivery(One);
        Assert.Equal(DeliveryStep.Delta, delivery.Next(Two));
        delivery.Sent(Two, isSnapshot: false);
        Assert.Equal(DeliveryStep.Nothing, delivery.Next(Three));
        Assert.True(delivery.Acknowledge(2, "h2"));
        Assert.Equal(DeliveryStep.Delta, delivery.Next(Three));
        Assert.Equal(DeliveryStep.Nothing, delivery.Next(Two));
    }

    [Theory]
    [InlineData(nameof(Refusal.Types.Kind.HashMismatch), SyncStatus.HashMismatch)]
    [InlineData(nameof(Refusal.Types.Kind.BaseMismatch), SyncStatus.Refused)]
    public void A_mismatch_is_followed_by_one_snapshot_and_then_by_its_state(string kindName, SyncStatus status)
    {
        var kind = Enum.Parse<Refusal.Types.Kind>(kindName);
        var delivery = new Delivery(One);
        delivery.Sent(Two, isSnapshot: false);
        Assert.True(delivery.Refuse(2, kind, "it differs"));
        Assert.Equal(DeliveryStep.Snapshot, delivery.Next(Two));
        delivery.Sent(Two, isSnapshot: true);
        Assert.True(delivery.Refuse(2, kind, "it differs"));
        Assert.Equal(DeliveryStep.Nothing, delivery.Next(Two));
        Assert.Equal(status, delivery.StatusFor(Two));
        Assert.Equal("it differs", delivery.LastRefusal);

        // The next revision is offered again, and ends it.
        Assert.Equal(DeliveryStep.Delta, delivery.Next(Three));
        delivery.Sent(Three, isSnapshot: false);
        Assert.True(delivery.Acknowledge(3, "h3"));
        Assert.Equal(SyncStatus.Normal, delivery.StatusFor(Three));
        Assert.Null(delivery.LastRefusal);
    }

    [Fact]
    public void An_acknowledgement_with_another_hash_is_a_mismatch()
    {
        var delivery = new Delivery(One);
        delivery.Sent(Two, isSnapshot: false);
        Assert.True(delivery.Acknowledge(2, "other"));
        Assert.Equal(DeliveryStep.Snapshot, delivery.Next(Two));
        Assert.Equal(SyncStatus.Behind, delivery.StatusFor(Two));
    }

    [Fact]
    public void The_same_revision_with_another_hash_is_another_content()
    {
        Assert.Equal(DeliveryStep.Delta, new Delivery(One with { Hash = "of another view" }).Next(One));
        Assert.Equal(DeliveryStep.Snapshot, new Delivery(null).Next(One));
        Assert.Equal(DeliveryStep.Nothing, new Delivery(One).Next(One));
    }

    [Fact]
    public void A_refused_revision_is_not_offered_again_but_the_next_is()
    {
        var delivery = new Delivery(One);
        delivery.Sent(Two, isSnapshot: false);
        Assert.True(delivery.Refuse(2, Refusal.Types.Kind.Invalid, "no"));
        Assert.Equal((DeliveryStep.Nothing, SyncStatus.Refused), (delivery.Next(Two), delivery.StatusFor(Two)));
        Assert.Equal((DeliveryStep.Delta, SyncStatus.Behind), (delivery.Next(Three), delivery.StatusFor(Three)));
        Assert.Same(One, delivery.Acknowledged);
    }

    [Fact]
    public void Answers_to_what_was_not_sent_are_told()
    {
        var delivery = new Delivery(One);
        Assert.False(delivery.Acknowledge(2, "h2"));
        Assert.False(delivery.Refuse(2, Refusal.Types.Kind.Invalid, "no"));
        delivery.Sent(Two, isSnapshot: false);
        Assert.False(delivery.Acknowledge(3, "h3"));
    }
}
