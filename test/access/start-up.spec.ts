import { Controller, Get } from '@nestjs/common';
import { assertEveryRouteDeclares, loadDevelopmentAccess, OpensPersonalData, Public } from '@enishi/access';
import { startApp } from './app';

describe('a server with a route that declares nothing', () => {
  @Controller('v1/forgotten')
  class ForgottenController {
    @Get()
    list() {
      return [];
    }
  }

  @Controller('v1/open')
  class OpenController {
    @Get()
    @Public('nobody thought about it')
    @OpensPersonalData('alumni-roster')
    list() {
      return [];
    }
  }

  it.each([ForgottenController, OpenController])('does not start (%p)', async (controller) => {
    await expect(startApp({ controllers: [controller] })).rejects.toThrow(`(${controller.name}.list)`);
  });

  it('and the same check can be asked for', async () => {
    const server = await startApp();
    expect(() => assertEveryRouteDeclares(server.app)).not.toThrow();
    await server.close();
  });
});

describe('production', () => {
  it('has no development identity provider and no plain http', async () => {
    expect(() => loadDevelopmentAccess({ mode: 'production' })).toThrow('not available in production');
    const oidc = { issuer: 'http://idp.example', audience: 'a' };
    await expect(startApp({ mode: 'production', oidc })).rejects.toThrow('must be https');
  });
});
