import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PERMISSIONS, REVEALABLE_FIELDS, ROLES } from './permissions';

/** Answer of `GET /auth/me`. */
export class MeAnswer {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty({ example: 'staff:0b4f0f9e-6f0c-4f0b-9d0a-2a8f7f1f6c11' })
  actor!: string;

  @ApiPropertyOptional({ description: 'As the identity provider gave it; sessions of people only' })
  name?: string;

  @ApiProperty({ enum: ROLES, isArray: true })
  roles!: string[];

  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions!: string[];

  @ApiProperty({
    enum: REVEALABLE_FIELDS,
    isArray: true,
    description: 'Fields revealable in at least one scope',
  })
  fields!: string[];

  @ApiProperty({ enum: ['cookie', 'bearer', 'token'] })
  sessionKind!: string;

  @ApiPropertyOptional({
    description: 'To be sent as x-enishi-csrf with every unsafe request of this session',
  })
  csrfToken?: string;

  @ApiProperty({ enum: ['development', 'production'] })
  mode!: string;
}

/** Answer of `POST /auth/logout`. */
export class SignedOutAnswer {
  @ApiProperty({
    description: 'Where the browser goes now: a path here, or the identity provider’s sign-out',
  })
  next!: string;
}
