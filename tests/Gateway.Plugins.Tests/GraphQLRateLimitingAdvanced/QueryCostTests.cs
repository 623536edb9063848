using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;
using Gateway.Plugins.GraphQL;
using Gateway.Plugins.GraphQLRateLimitingAdvanced;

namespace Gateway.Plugins.Tests.GraphQLRateLimitingAdvanced;

/// <summary>The examples are those of Kong's documentation of the plugin.</summary>
public sealed class QueryCostTests
{
    private const string People =
        "query{allPeople(first:20){people{name vehicleConnection(first:10){vehicles{id name cargoCapacity}}}}}";

    private const string Films =
        """
        query{allPeople(first:100){people{name vehicleConnection(first:10){vehicles{name filmConnection(first:5)
        {films{title characterConnection(first:50){characters{name}}}}}}}}}
        """;

    private static readonly GraphQLCost AllPeople = First("Query.allPeople");
    private static readonly GraphQLCost Vehicles = First("Person.vehicleConnection");
    private static readonly GraphQLCost[] Connections = [AllPeople, Vehicles, First("Vehicle.filmConnection"), First("Film.characterConnection")];

    [Fact]
    public void By_default_every_field_and_the_operation_cost_one() => Assert.Equal(4, Cost("query{allPeople{people{name}}}", []));

    [Fact]
    public void Arguments_multiply_what_a_field_contains() => Assert.Equal(862, Cost(People, [AllPeople, Vehicles]));

    [Fact]
    public void Constants_weigh_fields_and_what_they_contain() => Assert.Equal(
        4683,
        Cost(People, [AllPeople with { MulConstant = 2, AddConstant = 2 }, Vehicles with { AddConstant = 5 }, new GraphQLCost { TypePath = "Vehicle.name", AddConstant = 8 }]));

    [Fact]
    public void By_quantifiers_a_field_counts_once_for_every_node_it_is_asked_of() => Assert.Equal(6101, Cost(Films, Connections, quantifies: true));

    [Fact]
    public void By_quantifiers_a_constant_weighs_the_field() => Assert.Equal(
        10201, Cost(Films, [AllPeople, Vehicles with { AddConstant = 42 }, .. Connections[2..]], quantifies: true));

    [Theory]
    [InlineData("{__typename}")]
    [InlineData("{allPeople{people{name}}}")]
    [InlineData("mutation{x}")]
    public void By_quantifiers_what_counts_nowhere_costs_one(string query) => Assert.Equal(1, Cost(query, [Vehicles], quantifies: true));

    [Theory]
    [InlineData("query($n:Int){allPeople(first:$n){people{name}}}", """{"n":7}""", 1 + 1 + (2 * 7))]
    [InlineData("query($n:Int){allPeople(first:$n){people{name}}}", """{"n":"7"}""", 1 + 1 + (2 * 7))]
    [InlineData("query($n:Int=5){allPeople(first:$n){people{name}}}", "{}", 1 + 1 + (2 * 5))]
    [InlineData("query($n:Int=5){allPeople(first:$n){people{name}}}", """{"n":6}""", 1 + 1 + (2 * 6))]
    [InlineData("query($n:Int){allPeople(first:$n){people{name}}}", "{}", 1 + 1 + (2 * 3))]
    [InlineData("{allPeople{people{name}}}", "{}", 1 + 1 + (2 * 3))]
    [InlineData("{allPeople(first:0){people{name}}}", "{}", 1 + 1 + 2)]
    [InlineData("{allPeople(first:-9){people{name}}}", "{}", 1 + 1 + 2)]
    [InlineData("{allPeople(first:[1,2,3,4]){people{name}}}", "{}", 1 + 1 + (2 * 4))]
    public void Arguments_are_taken_from_variables_and_defaults(string query, string variables, double expected) =>
        Assert.Equal(expected, Cost(query, [AllPeople], variables: variables));

    [Fact]
    public void Arguments_may_add_too() => Assert.Equal(
        1 + 2 + 20 + 2, Cost("{allPeople(first:20){people{name}}}", [new GraphQLCost { TypePath = "Query.allPeople", AddConstant = 2, AddArguments = ["first", "none"] }]));

    [Theory]
    [InlineData("{...Q} fragment Q on Query{allPeople(first:20){...C}} fragment C on PeopleConnection{people{...P}} fragment P on Person{name vehicleConnection(first:10){vehicles{id name cargoCapacity}}}")]
    [InlineData("{... on Query{allPeople(first:20){people{... on Person{name}...@x{vehicleConnection(first:10){vehicles{id name cargoCapacity}}}}}}}")]
    public void It_makes_no_difference_where_a_fragment_stands(string query) => Assert.Equal(862, Cost(query, [AllPeople, Vehicles]));

    [Theory]
    [InlineData("Person.name", "{node{name}}")]
    [InlineData("Named.name", "{allPeople{people{name}}}")]
    public void Neither_a_type_nor_its_interface_is_the_cheaper_way(string decorated, string query) =>
        Assert.Equal(100, Cost(query, [new GraphQLCost { TypePath = decorated, AddConstant = 100 }], quantifies: true));

    [Fact]
    public void What_grows_beyond_all_numbers_stays_finite_and_fragments_are_looked_at_once()
    {
        const int Far = 80;
        var query = new StringBuilder("{...F0}");
        for (var i = 0; i < Far; i++)
        {
            query.Append($" fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} allPeople(first: 999999999) {{ people {{ name }} }} }}");
        }

        query.Append($" fragment F{Far} on Query {{ x }}");

        Assert.Equal(QueryCost.Most, Cost(query.ToString(), [AllPeople]));
    }

    [Theory]
    [InlineData("""{"data":null,"errors":[{"message":"GraphQL introspection is not allowed"}]}""")]
    [InlineData("""{"data":{"__schema":{"queryType":{},"types":[]}}}""")]
    [InlineData("""{"data":{"__schema":{"queryType":{"name":"Q"},"types":[{}]}}}""")]
    [InlineData("[]")]
    public void What_is_no_schema_is_not_taken_for_one(string answer) =>
        Assert.Throws<JsonException>(() => UpstreamSchema.Read(JsonElement.Parse(answer)));

    private static GraphQLCost First(string path) => new() { TypePath = path, MulArguments = ["first"] };

    private static double Cost(string query, IReadOnlyList<GraphQLCost> costs, bool quantifies = false, string variables = "{}")
    {
        var operation = GraphQLOperation.Parse(new GraphQLCall(query, null, JsonElement.Parse(variables)), out _)!;
        var model = costs.Count == 0 ? CostModel.Plain : new CostModel(Schema(), costs);
        return new QueryCost(model, operation, quantifies).Compute();
    }

    private static UpstreamSchema Schema()
    {
        JsonObject[] types =
        [
            Type("Query", null, Field("allPeople", "PeopleConnection", ("first", "3")), Field("node", "Named")),
            Type("PeopleConnection", null, Field("people", "Person")),
            Type("Named", null, Field("name", "String")),
            Type("Person", "Named", Field("name", "String"), Field("vehicleConnection", "VehicleConnection", ("first", null))),
            Type("VehicleConnection", null, Field("vehicles", "Vehicle")),
            Type("Vehicle", null, Field("id", "ID"), Field("name", "String"), Field("cargoCapacity", "Int"), Field("filmConnection", "FilmConnection", ("first", null))),
            Type("FilmConnection", null, Field("films", "Film")),
            Type("Film", null, Field("title", "String"), Field("characterConnection", "CharacterConnection", ("first", null))),
            Type("CharacterConnection", null, Field("characters", "Person")),
        ];
        var schema = new JsonObject { ["queryType"] = new JsonObject { ["name"] = "Query" }, ["mutationType"] = null, ["types"] = new JsonArray([.. types]) };
        return UpstreamSchema.Read(JsonSerializer.SerializeToElement(new JsonObject { ["data"] = new JsonObject { ["__schema"] = schema } }));
    }

    private static JsonObject Type(string name, string? @interface, params JsonObject[] fields) => new()
    {
        ["name"] = name,
        ["interfaces"] = @interface is null ? [] : new JsonArray(new JsonObject { ["name"] = @interface }),
        ["fields"] = new JsonArray([.. fields]),
    };

    // [Type!]!
    private static JsonObject Field(string name, string type, params (string Name, string? Default)[] arguments) => new()
    {
        ["name"] = name,
        ["args"] = new JsonArray([.. arguments.Select(argument => new JsonObject { ["name"] = argument.Name, ["defaultValue"] = argument.Default })]),
        ["type"] = new JsonObject
        {
            ["name"] = null,
            ["ofType"] = new JsonObject { ["name"] = null, ["ofType"] = new JsonObject { ["name"] = null, ["ofType"] = new JsonObject { ["name"] = type } } },
        },
    };
}
