using System.Collections.Concurrent;
using System.Globalization;
using Petstore;

// The upstream of the sample configuration: a small API with something to read, something to write and something to look at.
// One process listens on every address in ASPNETCORE_URLS, so that a pair of targets needs no second one.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();

var pets = new ConcurrentDictionary<int, Pet>(new Dictionary<int, Pet>
{
    [1] = new(1, "Rex", "dog"),
    [2] = new(2, "Tom", "cat"),
    [3] = new(3, "Nemo", "fish"),
});

app.Use((context, next) =>
{
    context.Response.Headers["X-Served-By"] = context.Connection.LocalPort.ToString(CultureInfo.InvariantCulture);
    return next(context);
});

app.MapGet("/pets", () => pets.Values.OrderBy(pet => pet.Id));
app.MapGet("/pets/{id:int}", (int id) => pets.TryGetValue(id, out var pet) ? Results.Ok(pet) : Results.NotFound(new { message = $"no pet {id}" }));
app.MapPost("/pets", (NewPet pet) =>
{
    while (true)
    {
        var id = pets.Keys.Max() + 1;
        var created = new Pet(id, pet.Name, pet.Kind);
        if (pets.TryAdd(id, created))
        {
            return Results.Created($"/pets/{id}", created);
        }
    }
});
app.MapGet("/status", () => new { status = "ok" });

// What arrived, as it arrived: the way to see what a gateway did to a request.
app.Map("/echo/{**rest}", async (HttpRequest request) =>
{
    using var reader = new StreamReader(request.Body);
    return new
    {
        method = request.Method,
        path = request.Path.Value,
        query = request.QueryString.Value,
        headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        body = await reader.ReadToEndAsync(),
    };
});

app.Run();
