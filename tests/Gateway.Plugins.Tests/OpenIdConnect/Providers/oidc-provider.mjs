// oidc-provider, a certified OpenID provider: signs everyone in as ann, and consents.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { default: Provider } = await import(pathToFileURL(join(process.env.NODE_MODULES, 'oidc-provider/lib/index.js')));
const resource = 'urn:orders';
const provider = new Provider(`http://127.0.0.1:${process.env.PORT}`, {
  clients: [
    {
      client_id: 'gateway',
      client_secret: 'gateway-secret',
      redirect_uris: [process.env.REDIRECT_URI],
      post_logout_redirect_uris: [process.env.REDIRECT_URI],
      grant_types: ['authorization_code', 'refresh_token'],
    },
    { client_id: 'machine', client_secret: 'machine-secret', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
  ],
  jwks: JSON.parse(process.env.JWKS),
  cookies: { keys: ['of no use to anyone'] },
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email'] },
  conformIdTokenClaims: false,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'read write', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 300 }),
    },
  },
  issueRefreshToken: () => true,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.com` }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
});

async function interact(request, response) {
  const { prompt, session, params } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: 'ann' } });
  }

  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope('openid email');
  grant.addResourceScope(resource, 'read');
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
}

const answer = provider.callback();
createServer((request, response) => (request.url.startsWith('/interaction/') ? interact(request, response) : answer(request, response)))
  .listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
