import fastifyCookie from '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_CONFIG, type AccessConfig } from './config';
import { headerOf, type HttpReply, type HttpRequest } from './http';

/** `session` carries the sign-in; `browser` ties a sign-in under way to the browser that began it. */
export type CookieName = 'session' | 'browser';

/**
 * Our two cookies. Over https they are `__Host-` cookies: Secure, whole host, no subdomain can set them.
 * Development runs over http, where browsers refuse that prefix.
 */
@Injectable()
export class Cookies {
  private readonly secure: boolean;

  constructor(@Inject(ACCESS_CONFIG) config: AccessConfig) {
    this.secure = new URL(config.publicUrl).protocol === 'https:';
  }

  read(request: HttpRequest, name: CookieName): string | undefined {
    const header = headerOf(request, 'cookie');
    return header === undefined ? undefined : fastifyCookie.parse(header)[this.nameOf(name)] || undefined;
  }

  /** @param seconds life of the cookie; 0 removes it */
  write(reply: HttpReply, name: CookieName, value: string, seconds: number): void {
    // Lax, not Strict: the identity provider's redirect back must carry the browser cookie.
    const cookie = fastifyCookie.serialize(this.nameOf(name), value, {
      path: '/',
      httpOnly: true,
      secure: this.secure,
      sameSite: 'lax',
      maxAge: seconds,
    });
    reply.header('set-cookie', cookie);
  }

  private nameOf(name: CookieName): string {
    return `${this.secure ? '__Host-' : ''}enishi-${name}`;
  }
}
