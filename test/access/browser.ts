/** As much of a browser as a sign-in needs: cookies by path-less name, redirects followed by hand. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  /** @param path a path of the origin, or a whole URL of it */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(new URL(path, this.origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    return response;
  }

  /** Follows redirects until there are none, or until one leads to a URL that `stopAt` matches. */
  async follow(path: string, stopAt?: RegExp): Promise<{ response: Response; url: string }> {
    let url = new URL(path, this.origin).href;
    for (let hops = 0; hops < 15; hops++) {
      if (stopAt?.test(url)) return { response: new Response(), url };
      const response = await this.request(url);
      const location = response.headers.get('location');
      if (!location) return { response, url };
      url = new URL(location, url).href;
    }
    throw new Error('too many redirects');
  }

  /** Walks from `/auth/login` to the chooser and chooses. @returns the URL it ends at, before its request */
  async chooseAtProvider(subject: string, returnPath = '/'): Promise<string> {
    const { response, url } = await this.follow(`/auth/login?return=${encodeURIComponent(returnPath)}`);
    const html = await response.text();
    const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
    if (!action) throw new Error(`no chooser at ${url}: ${response.status} ${html.slice(0, 500)}`);
    const chosen = await this.request(action, {
      method: 'POST',
      body: new URLSearchParams({ subject }),
    });
    const { url: callback } = await this.follow(chosen.headers.get('location')!, /\/auth\/callback\?/);
    return callback;
  }

  /** Signs in as one of the development people. @returns the answer of the callback */
  async signIn(subject: string, returnPath?: string): Promise<Response> {
    return this.request(await this.chooseAtProvider(subject, returnPath));
  }

  async csrfToken(): Promise<string> {
    const me = (await (await this.request('/auth/me')).json()) as { csrfToken: string };
    return me.csrfToken;
  }
}
