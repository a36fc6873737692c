import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessDenied, AccessProblem } from './access-denied';
import { AccessLog } from './access-log';
import { MeAnswer, SignedOutAnswer } from './auth.dto';
import { ACCESS_CONFIG, type AccessConfig } from './config';
import { Cookies } from './cookies';
import { CurrentPrincipal, Public, SignedIn } from './decorators';
import { Failures } from './failures';
import { headerOf, queryOf, type HttpReply, type HttpRequest } from './http';
import { OidcIssuer } from './oidc-issuer';
import { PAGE_HEADERS, signInProblemPage } from './pages';
import type { Principal } from './principal';
import { csrfTokenOf } from './secrets';
import { Sessions } from './sessions';
import { SIGN_IN_SECONDS, SignIn } from './sign-in';

/** Sign-in for browsers: the tokens stay here, the browser gets a cookie it cannot read. */
@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    @Inject(ACCESS_CONFIG) private readonly config: AccessConfig,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly issuer: OidcIssuer,
    private readonly cookies: Cookies,
    private readonly failures: Failures,
    private readonly log: AccessLog,
  ) {}

  @Get('login')
  @Public('signing in')
  @ApiExcludeEndpoint()
  async login(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    // Cookies belong to a host: begun at localhost and ended at 127.0.0.1, a sign-in would never complete.
    // In production a proxy may rewrite Host, and the redirect could go round in circles.
    const { host, origin } = new URL(this.config.publicUrl);
    if (this.config.mode === 'development' && headerOf(request, 'host') !== host) {
      const wanted = queryOf(request, 'return');
      const query = wanted === undefined ? '' : `?${new URLSearchParams({ return: wanted }).toString()}`;
      reply.redirect(`${origin}/auth/login${query}`, 302);
      return;
    }
    await this.forBrowser(request, reply, async () => {
      const begun = await this.signIn.begin(
        this.cookies.read(request, 'browser'),
        queryOf(request, 'return'),
      );
      this.cookies.write(reply, 'browser', begun.browser, SIGN_IN_SECONDS);
      return begun.url;
    });
  }

  @Get('callback')
  @Public('the identity provider sends the browser back here')
  @ApiExcludeEndpoint()
  async callback(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    await this.forBrowser(request, reply, async () => {
      const query = new URL(request.url, this.config.publicUrl).searchParams;
      const done = await this.signIn.complete(this.cookies.read(request, 'browser'), query);
      // Whoever was signed in here before is not any more.
      const former = this.cookies.read(request, 'session');
      if (former !== undefined) await this.sessions.end(former);
      this.cookies.write(reply, 'session', done.session, this.sessions.times.absoluteSeconds);
      return done.returnPath;
    });
  }

  /** Ends the session; the console then goes to `next`. */
  @Post('logout')
  @HttpCode(200)
  @SignedIn('ending one’s own session')
  @ApiOperation({ summary: 'End the session' })
  @ApiOkResponse({ type: SignedOutAnswer })
  async logout(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<SignedOutAnswer> {
    const session = this.cookies.read(request, 'session');
    if (session === undefined) return { next: '/' };
    const { idToken } = await this.sessions.profileOf(session);
    await this.sessions.end(session);
    this.cookies.write(reply, 'session', '', 0);
    return { next: await this.issuer.afterSignOut(idToken) };
  }

  /** Who is signed in, what they may do, and the CSRF token of their session. */
  @Get('me')
  @SignedIn('one’s own roles')
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: MeAnswer })
  async me(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
    @CurrentPrincipal() who: Principal,
  ): Promise<MeAnswer> {
    reply.header('cache-control', 'no-store');
    const session = who.sessionKind === 'cookie' ? this.cookies.read(request, 'session') : undefined;
    const profile = session === undefined ? {} : await this.sessions.profileOf(session);
    return {
      accountId: who.accountId,
      actor: who.actor,
      ...(profile.name !== undefined && { name: profile.name }),
      roles: [...who.roles],
      permissions: [...who.permissions],
      fields: [...new Set(who.scopes.flatMap((scope) => scope.fields))],
      sessionKind: who.sessionKind,
      ...(session !== undefined && { csrfToken: csrfTokenOf(session) }),
      mode: this.config.mode,
    };
  }

  /** A browser that navigates gets a redirect, or a page it can show; a program gets the problem. */
  private async forBrowser(
    request: HttpRequest,
    reply: HttpReply,
    work: () => Promise<string>,
  ): Promise<void> {
    try {
      this.failures.check(request.ip);
      const location = await work();
      reply.header('cache-control', 'no-store').redirect(location, 302);
    } catch (error) {
      if (!(error instanceof AccessProblem)) throw error;
      if (error instanceof AccessDenied && error.status !== 429) await this.noted(request, error.code);
      if (!headerOf(request, 'accept')?.includes('text/html')) throw error;
      for (const [name, value] of Object.entries(PAGE_HEADERS)) reply.header(name, value);
      reply.status(error.status).type('text/html; charset=utf-8').send(signInProblemPage(error.code));
    }
  }

  private async noted(request: HttpRequest, why: string): Promise<void> {
    const client = this.failures.record(request.ip, why);
    if (client !== undefined) await this.log.recordFailure(why, client, request.id);
  }
}
