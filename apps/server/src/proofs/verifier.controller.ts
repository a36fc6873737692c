import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '@enishi/access';
import { ProblemError } from '../problem';

/** Beside the built server. */
const BUILT = path.resolve(__dirname, '../../../../verifier');
const PAGE = 'text/html; charset=utf-8';
const PROGRAM = 'text/javascript; charset=utf-8';
/** The page has a stricter one of its own, which knows the hash of its script; both count. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What bundles are verified with, for everybody to take along: neither asks this server for anything. */
@ApiTags('proofs')
@Controller()
@Public('programs that check bundles; they know nothing of this ledger')
export class VerifierController {
  /** The page that verifies bundles: one file, to be opened from disk too. */
  @Get('verifier.html')
  @Header('content-type', PAGE)
  @Header('content-security-policy', POLICY)
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  page(): Promise<Uint8Array> {
    return built('verifier.html');
  }

  /** The command that verifies bundles: one file for Node.js, without any package. */
  @Get('enishi-verify.mjs')
  @Header('content-type', PROGRAM)
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/javascript')
  @ApiOkResponse({ schema: { type: 'string' } })
  program(): Promise<Uint8Array> {
    return built('enishi-verify.mjs');
  }
}

/** @throws ProblemError where this server was built without its verifier */
async function built(name: string): Promise<Uint8Array> {
  try {
    return await readFile(path.join(BUILT, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ProblemError(404, 'verifier-not-built', 'This server was built without its verifier');
  }
}
