import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { loadDevelopmentAccess, Requires } from '@enishi/access';
import { createApi } from '../../apps/server/src/api';
import { ApiModule } from '../../apps/server/src/api.module';
import { Commanding, type CommandRequest } from '../../apps/server/src/command';
import { GrantConsentDto } from '../../apps/server/src/consents/consents.dto';
import { startWorker } from '../../apps/server/src/worker';
import { freePort } from '../support/server';
import type { Place } from './ground';
import { openRoom } from './room';

/** A projection that ends for good ends the measurement. */
const end = (): void => void process.exit(1);

/** What the process is told. */
export interface ServerOrder {
  readonly place: Place;
  /** Whether the projections run in the same process, as they do by default. */
  readonly worker: boolean;
}

/** Where it serves, and a token with every right. */
export interface ServerReport {
  readonly port: number;
  readonly token: string;
}

/** The other end of the comparison: guard, permissions, parameters and the DTO of a consent, then nothing. */
@Controller('v1/alumni/:alumnusId')
@Requires('consents:write')
class NoOpController {
  @Post('consents/:purposeId/no-op')
  nothing(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('purposeId', ParseUUIDPipe) _purposeId: string,
    @Body() _body: GrantConsentDto,
    @Commanding() _request: CommandRequest,
  ): unknown {
    return { outcome: 'unchanged', eventIds: [], position: '0', revision: 0, alumnusId };
  }
}

process.once('message', (order: ServerOrder) => {
  void serve(order).then((report) => process.send!(report));
});

async function serve({ place, worker }: ServerOrder): Promise<ServerReport> {
  const room = await openRoom(place);
  const whole = ApiModule.with(room);
  ApiModule.with = () => ({ ...whole, controllers: [...(whole.controllers ?? []), NoOpController] });
  const api = await createApi(room);
  const port = await freePort();
  await api.listen(port, '127.0.0.1');
  const projections = worker ? startWorker(room, end) : undefined;
  const { writeDevelopmentToken } = loadDevelopmentAccess({ mode: 'development' });
  await writeDevelopmentToken(room.pool, place.home, `http://127.0.0.1:${port}`);
  const { token } = JSON.parse(readFileSync(path.join(place.home, 'token'), 'utf8')) as { token: string };
  process.once('disconnect', () => {
    void api
      .close()
      .then(() => projections?.stop())
      .then(() => room.close())
      .finally(() => process.exit(0));
  });
  return { port, token };
}
