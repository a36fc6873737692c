import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mergeMap, type Observable } from 'rxjs';
import { AccessLog } from './access-log';
import { OPENS_PERSONAL_DATA } from './decorators';
import { routeOf, type HttpRequest } from './http';
import { readsOf } from './reads';

/**
 * On routes under `@OpensPersonalData`: holds the answer back until its access-log entry is committed. An
 * answer about nobody needs none. A handler that streams must write an entry per chunk itself, before the
 * chunk leaves ({@link AccessLog.record}).
 */
@Injectable()
export class AccessLogInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly log: AccessLog,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const view = this.reflector.get<string | undefined>(OPENS_PERSONAL_DATA, context.getHandler());
    if (view === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<HttpRequest>();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.write(request, view);
        return answer;
      }),
    );
  }

  private async write(request: HttpRequest, view: string): Promise<void> {
    const read = readsOf(request).gathered;
    // Fails closed: an answer whose readers were forgotten does not leave.
    if (read === undefined) throw new Error(`${routeOf(request)} opens ${view} and never called readsOf()`);
    if (read.personIds.length === 0) return;
    await this.log.record({
      principal: request.enishiPrincipal!,
      route: routeOf(request),
      view,
      ...read,
      correlationId: request.id,
    });
  }
}
