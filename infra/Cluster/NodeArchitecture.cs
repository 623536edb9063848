namespace Hybrid.Infra.Cluster;

public enum NodeArchitecture
{
    X86,
    Arm64,
}
