using System.Text.Json;
using Gateway.Model.JsonSchemas;

namespace Gateway.Model.Tests.JsonSchemas;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("{}", "null", null)]
    [InlineData("""{"type":"string"}""", "\"a\"", null)]
    [InlineData("""{"type":"string"}""", "1", "wrong type: expected string, got number")]
    [InlineData("""{"type":["string","null"]}""", "true", "wrong type: expected one of string, null, got boolean")]
    [InlineData("""{"type":"integer"}""", "1.0", null)]
    [InlineData("""{"type":"integer"}""", "1.5", "wrong type: expected integer, got number")]
    [InlineData("""{"enum":[1,{"a":[1,2]}]}""", """{"a":[1.0,2]}""", null)]
    [InlineData("""{"enum":[1]}""", "2", "matches none of the enum values")]
    [InlineData("""{"minimum":3}""", "3", null)]
    [InlineData("""{"minimum":3,"exclusiveMinimum":true}""", "3", "expected 3 to be strictly greater than 3")]
    [InlineData("""{"maximum":3}""", "4", "expected 4 to be smaller than 3")]
    [InlineData("""{"multipleOf":0.1}""", "0.3", null)]
    [InlineData("""{"multipleOf":2}""", "3", "expected 3 to be a multiple of 2")]
    [InlineData("""{"minLength":2}""", "\"\ud83d\ude00\"", "string too short, expected at least 2, got 1")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "string too long, expected at most 1, got 2")]
    [InlineData("""{"pattern":"^a+$"}""", "\"b\"", "failed to match pattern \"^a+$\" with \"b\"")]
    [InlineData("""{"pattern":"^a+$"}""", "7", null)]
    [InlineData("""{"format":"date"}""", "\"2026-02-29\"", "expected valid \"date\", got \"2026-02-29\"")]
    [InlineData("""{"format":"date-time"}""", "\"2026-02-28T23:59:60Z\"", null)]
    [InlineData("""{"format":"date-time"}""", "\"2026-02-28 23:59:00Z\"", "expected valid \"date-time\", got \"2026-02-28 23:59:00Z\"")]
    [InlineData("""{"format":"time"}""", "\"24:00:00Z\"", "expected valid \"time\", got \"24:00:00Z\"")]
    [InlineData("""{"required":["a"]}""", "{}", "property a is required")]
    [InlineData("""{"properties":{"f1":{"type":"string"}}}""", """{"f1":true}""", "property f1 validation failed: wrong type: expected string, got boolean")]
    [InlineData("""{"properties":{"a":{}},"patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false}""", """{"a":1,"x-b":2}""", null)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", "additional properties forbidden, found b")]
    [InlineData("""{"additionalProperties":{"type":"null"}}""", """{"b":1}""", "failed to validate additional property b: wrong type: expected null, got number")]
    [InlineData("""{"patternProperties":{"^x-":{"type":"integer"}}}""", """{"x-a":"b"}""", "failed to validate x-a: wrong type: expected integer, got string")]
    [InlineData("""{"minProperties":1}""", "{}", "expect object to have at least 1 properties")]
    [InlineData("""{"dependencies":{"a":["b"]}}""", """{"a":1}""", "property b is required when a is set")]
    [InlineData("""{"dependencies":{"a":{"required":["c"]}}}""", """{"a":1}""", "failed to validate dependent schema for a: property c is required")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",true]""", "failed to validate item 2: wrong type: expected string, got boolean")]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", """["a",1]""", "additional items forbidden")]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":{"type":"integer"}}""", """["a",1]""", null)]
    [InlineData("""{"maxItems":1}""", "[1,2]", "expect array to have at most 1 items")]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},3,{"b":2.0,"a":1}]""", "expected unique items but items 1 and 3 are equal")]
    [InlineData("""{"uniqueItems":true}""", """[1,"1",true,"true",null]""", null)]
    [InlineData("""{"allOf":[{},{"type":"string"}]}""", "1", "allOf 2 failed: wrong type: expected string, got number")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"number"}]}""", "1", null)]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "1", "object needs one of the following rectifications: wrong type: expected string, got number; expected 1 to be greater than 3")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":0}]}""", "1", "value should match only one schema, but matches both schemas 1 and 2")]
    [InlineData("""{"oneOf":[{"type":"string"}]}""", "1", "value should match only one schema, but matches none")]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", "value wasn't supposed to match schema")]
    [InlineData("""{"$ref":"#/definitions/a~1b","definitions":{"a/b":{"type":"string"}}}""", "1", "wrong type: expected string, got number")]
    public void An_instance_conforms_or_is_told_why(string schema, string instance, string? problem)
    {
        Assert.True(JsonSchema.TryParse(schema, out var parsed, out var invalid), invalid);
        using var document = JsonDocument.Parse(instance);

        Assert.Equal(problem, parsed.Validate(document.RootElement, coerce: false));
    }

    [Fact]
    public void A_schema_may_refer_to_itself()
    {
        Assert.True(JsonSchema.TryParse("""{"type":"object","properties":{"next":{"$ref":"#"},"value":{"type":"integer"}}}""", out var schema, out _));

        Assert.Null(Validate(schema, """{"next":{"next":{"value":1}}}"""));
        Assert.Equal(
            "property next validation failed: property next validation failed: property value validation failed: wrong type: expected integer, got string",
            Validate(schema, """{"next":{"next":{"value":"a"}}}"""));
    }

    [Theory]
    [InlineData("{", "failed decoding schema: ")]
    [InlineData("[]", "not a valid JSONschema draft 4 schema: ")]
    [InlineData("""{"type":123}""", "not a valid JSONschema draft 4 schema: ")]
    [InlineData("""{"type":"text"}""", "not a valid JSONschema draft 4 schema: property type validation failed: 'text' is no type")]
    [InlineData("""{"definitions":[]}""", "not a valid JSONschema draft 4 schema: property definitions validation failed: wrong type: expected object, got array")]
    [InlineData("""{"pattern":"("}""", "not a valid JSONschema draft 4 schema: #/pattern is no regular expression")]
    [InlineData("""{"$ref":"http://example.com/schema"}""", "not a valid JSONschema draft 4 schema: the reference 'http://example.com/schema' is not supported")]
    [InlineData("""{"$ref":"#/definitions/none"}""", "not a valid JSONschema draft 4 schema: the reference '#/definitions/none' leads nowhere")]
    [InlineData("""{"$ref":"#"}""", "not a valid JSONschema draft 4 schema: #/$ref leads back to itself")]
    [InlineData("""{"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}},"$ref":"#/definitions/a"}""", "not a valid JSONschema draft 4 schema: ")]
    [InlineData("""{"minLength":-1}""", "not a valid JSONschema draft 4 schema: #/minLength must be a whole number from 0 on")]
    [InlineData("""{"exclusiveMinimum":5}""", "not a valid JSONschema draft 4 schema: #/exclusiveMinimum wrong type: expected boolean")]
    public void What_is_no_schema_is_refused(string schema, string problem)
    {
        Assert.False(JsonSchema.TryParse(schema, out _, out var found));
        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"integer","minimum":3}""", "\"4\"", null)]
    [InlineData("""{"type":"integer","minimum":3}""", "\"2\"", "expected 2 to be greater than 3")]
    [InlineData("""{"type":"integer"}""", "\"a\"", "wrong type: expected integer, got string")]
    [InlineData("""{"type":"boolean"}""", "\"true\"", null)]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", """["1","b"]""", "failed to validate item 2: wrong type: expected integer, got string")]
    [InlineData("""{"type":"string"}""", "\"4\"", null)]
    public void Texts_stand_for_numbers_and_booleans_where_that_is_wanted(string schema, string instance, string? problem)
    {
        Assert.True(JsonSchema.TryParse(schema, out var parsed, out _));
        using var document = JsonDocument.Parse(instance);

        Assert.Equal(problem, parsed.Validate(document.RootElement, coerce: true));
    }

    private static string? Validate(JsonSchema schema, string instance)
    {
        using var document = JsonDocument.Parse(instance);
        return schema.Validate(document.RootElement, coerce: false);
    }
}
