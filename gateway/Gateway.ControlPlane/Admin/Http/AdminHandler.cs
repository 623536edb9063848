namespace Gateway.ControlPlane.Admin.Http;

internal delegate Task<AdminResponse> AdminHandler(AdminRequest request);
