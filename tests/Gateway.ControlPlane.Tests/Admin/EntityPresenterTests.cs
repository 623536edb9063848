using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Tests.Admin;

public sealed class EntityPresenterTests
{
    private readonly EntityPresenter _presenter = new(RunningStore.Secrets);

    [Fact]
    public void A_secret_of_a_plugin_is_masked_and_the_original_left_alone()
    {
        var plugin = Plugin("swordfish");

        var shown = _presenter.Show(EntityKinds.Plugins, plugin, showKey: true);

        Assert.Equal("********", (string?)shown["config"]!["redis"]!["password"]);
        Assert.Equal("redis.test", (string?)shown["config"]!["redis"]!["host"]);
        Assert.Equal("swordfish", (string?)plugin["config"]!["redis"]!["password"]);
    }

    [Fact]
    public void A_secret_that_is_not_set_is_not_masked() =>
        Assert.Null(_presenter.Show(EntityKinds.Plugins, Plugin(password: null))["config"]!["redis"]!["password"]);

    [Fact]
    public void A_reference_to_a_vault_is_no_secret() =>
        Assert.Equal("{vault://env/REDIS}", (string?)_presenter.Show(EntityKinds.Plugins, Plugin("{vault://env/REDIS}"))["config"]!["redis"]!["password"]);

    [Fact]
    public void A_mask_is_found_wherever_it_stands()
    {
        Assert.Equal("config.redis.password", EntityPresenter.FindMask(Plugin("********")));
        Assert.Equal("list.1", EntityPresenter.FindMask(new JsonObject { ["list"] = new JsonArray("a", "********") }));
        Assert.Null(EntityPresenter.FindMask(Plugin("swordfish")));
    }

    private static JsonObject Plugin(string? password) =>
        Entities.Plugin("secretive", new JsonObject { ["redis"] = new JsonObject { ["host"] = "redis.test", ["password"] = password } });
}
