using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Hybrid.PulumiOffline.Tests;

public sealed class StackTests
{
    [Fact]
    public async Task A_stack_registers_its_output_properties()
    {
        var mocks = new RecordingMocks();
        await Deployment.TestAsync<GoodStack>(mocks, Run.Update);

        var outputs = mocks.Outputs.Single().Outputs;
        Assert.Equal(["Plain", "renamed"], outputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("a", await OutputUtilities.GetValueAsync(outputs["Plain"]));
        Assert.True(await Output.IsSecretAsync(outputs["renamed"]));
    }

    [Fact]
    public async Task An_unassigned_output_fails_the_run()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync<ForgetfulStack>(new RecordingMocks(), Run.Update));

        Assert.Equal(
            "Output(s) 'Forgotten' have no value assigned. [Output] attributed properties must be assigned inside Stack constructor.",
            failure.Message);
    }

    [Fact]
    public async Task An_output_property_of_another_type_fails_the_run()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync<WrongStack>(new RecordingMocks(), Run.Update));

        Assert.Equal(
            "Output(s) 'Wrong' have incorrect type. [Output] attributed properties must be instances of Output<T>.",
            failure.Message);
    }

    [Fact]
    public async Task A_service_provider_makes_stacks_with_arguments()
    {
        var resources = await Deployment.TestWithServiceProviderAsync<ArgumentStack>(
            new RecordingMocks(), new SingleService(typeof(ArgumentStack), () => new ArgumentStack("given")), Run.Update);

        Assert.Equal("given", await OutputUtilities.GetValueAsync(resources.OfType<ArgumentStack>().Single().Argument));
    }

    [Fact]
    public async Task A_stack_that_the_service_provider_lacks_is_named()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Deployment.TestWithServiceProviderAsync<ArgumentStack>(
            new RecordingMocks(), new SingleService(typeof(string), () => "not a stack"), Run.Update));

        Assert.Contains($"Failed to resolve instance of type {typeof(ArgumentStack)}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_s_outputs_come_back_with_its_resources()
    {
        var (resources, outputs) = await Deployment.TestAsync(new RecordingMocks(), Run.Update, () =>
        {
            var vpc = new Pulumi.Aws.Ec2.Vpc("vpc");
            return new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = vpc.Id };
        });

        Assert.IsType<Pulumi.Aws.Ec2.Vpc>(Assert.Single(resources));
        Assert.Equal("vpc-id", await OutputUtilities.GetValueAsync((Output<string>)outputs["id"]!));
    }

    [Fact]
    public async Task Options_name_the_deployment_and_have_defaults()
    {
        var seen = new List<string>();
        await Deployment.TestAsync(new RecordingMocks(), new TestOptions { OrganizationName = "o", ProjectName = "p", StackName = "s", RootDirectory = "/r" }, See);
        await Deployment.TestAsync(new RecordingMocks(), new TestOptions(), See);

        Assert.Equal("o/p/s True", seen[0]);
        Assert.Equal("organization/project/stack True", seen[1]);

        void See() => seen.Add($"{Deployment.Instance.OrganizationName}/{Deployment.Instance.ProjectName}/{Deployment.Instance.StackName} {Deployment.Instance.IsDryRun}");
    }

    [Fact]
    public async Task Outside_of_a_run_there_is_no_deployment()
    {
        await Run.UpdateAsync(new RecordingMocks(), () => { });

        Assert.Equal(
            "Trying to acquire Deployment.Instance before 'Run' was called.",
            Assert.Throws<InvalidOperationException>(() => Deployment.Instance).Message);
    }

    [Fact]
    public async Task Running_for_real_is_refused_in_one_line()
    {
        var before = (Console.Error, Environment.ExitCode);
        using var error = new StringWriter();
        Console.SetError(error);
        try
        {
            Assert.NotEqual(0, await Deployment.RunAsync<GoodStack>());
            Assert.NotEqual(0, Environment.ExitCode);
        }
        finally
        {
            Console.SetError(before.Error);
            Environment.ExitCode = before.ExitCode;
        }

        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("offline subset", line, StringComparison.Ordinal);
        Assert.Contains("PulumiMode=official", line, StringComparison.Ordinal);
    }

    public sealed class GoodStack : Stack
    {
        [Output]
        public Output<string> Plain { get; private set; } = Output.Create("a");

        [Output("renamed")]
        public Output<string> Secret { get; private set; } = null!;

        public GoodStack()
        {
            Plain = Output.Create("a");
            Secret = Output.CreateSecret("b");
        }
    }

    public sealed class ForgetfulStack : Stack
    {
        public ForgetfulStack() => Forgotten = null!;

        [Output]
        public Output<string> Forgotten { get; private set; }
    }

    public sealed class WrongStack : Stack
    {
        [Output]
        public string Wrong { get; private set; } = "text";
    }

    public sealed class ArgumentStack : Stack
    {
        public ArgumentStack(string argument) => Argument = Output.Create(argument);

        [Output]
        public Output<string> Argument { get; private set; }
    }

    private sealed class SingleService(Type type, Func<object> create) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == type ? create() : null;
    }
}
