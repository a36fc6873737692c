import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@enishi/access';
import { COMMAND_HANDLERS, LEDGER } from '@enishi/application';
import { accessConfigOf } from './access-config';
import { AccountsReviewController } from './accounts/review.controller';
import { AlumniController } from './alumni/alumni.controller';
import { CorrectionsController } from './alumni/corrections.controller';
import { PersonReader } from './alumni/person-reader';
import { AccessLogController } from './audit/access-log.controller';
import { AuditController } from './audit/audit.controller';
import { AuditExportController } from './audit/audit-export.controller';
import { Bundles } from './bundles/bundles';
import { BundlesController } from './bundles/bundles.controller';
import { ActorNames } from './audit/actor-names';
import { AuditReader } from './audit/audit-reader';
import { Commands } from './commands';
import { CompanyController } from './company/company.controller';
import { ConsentHistoryController } from './audit/consent-history.controller';
import { ConsentRecordReader } from './consents/consent-record-reader';
import { ConsentRecordsController } from './consents/consent-records.controller';
import { AuditSamplesController } from './audit/sampling/samples.controller';
import { Sampler } from './audit/sampling/sampler';
import { ConsentsController } from './consents/consents.controller';
import { DuplicatesController } from './duplicates/duplicates.controller';
import { LinkedRecordsController } from './duplicates/linked-records.controller';
import { LawController } from './law/law.controller';
import { ClockController } from './operations/clock.controller';
import { PoliciesController } from './operations/policies.controller';
import { CheckpointsController } from './proofs/checkpoints.controller';
import { ProofsController } from './proofs/proofs.controller';
import { CosignaturesController } from './proofs/cosignatures.controller';
import { ReceiversController } from './proofs/receivers.controller';
import { SelfCheckController } from './proofs/self-check.controller';
import { SigningKeysController } from './proofs/signing-keys.controller';
import { TilesController } from './proofs/tiles.controller';
import { TimestampsController } from './proofs/timestamps.controller';
import { VerifierController } from './proofs/verifier.controller';
import { HandlingRulesController } from './governance/handling-rules.controller';
import { PageReader } from './governance/page-reader';
import { PrivacyController } from './governance/privacy.controller';
import { PublicationController } from './governance/publication.controller';
import { ReadinessController } from './governance/readiness.controller';
import { PairReader } from './duplicates/pair-reader';
import { ImportRunner } from './imports/import-runner';
import { ImportApprovalController } from './imports/import-approval.controller';
import { ImportScanUploads } from './imports/import-scan-uploads';
import { ImportScansController } from './imports/import-scans.controller';
import { ImportUndoController } from './imports/import-undo.controller';
import { ImportUploads } from './imports/import-uploads';
import { UndoRunner } from './imports/undo-runner';
import { ImportsController } from './imports/imports.controller';
import type { Infrastructure } from './infrastructure';
import { ordersOf } from './orders';
import { Certificates } from './erasures/certificates';
import { ErasureOutlook } from './erasures/erasure-outlook';
import { ErasureViews } from './erasures/erasure-views';
import { ErasureItemsController } from './erasures/erasure-items.controller';
import { ErasuresController } from './erasures/erasures.controller';
import { EvidenceController } from './evidence/evidence.controller';
import { SealedEventReader } from './evidence/sealed-event-reader';
import { ExportFileController } from './exports/export-file.controller';
import { ExportKeeper } from './exports/export-keeper';
import { ExportMaker } from './exports/export-maker';
import { ExportPages } from './exports/export-pages';
import { ExportRunner } from './exports/export-runner';
import { ExportViews } from './exports/export-views';
import { ExportsController } from './exports/exports.controller';
import { PersonalReader } from './exports/personal-reader';
import { LetterTextsController } from './letters/letter-texts.controller';
import { LettersController } from './letters/letters.controller';
import { HealthController } from './operations/health.controller';
import { OpenApiController } from './operations/openapi.controller';
import { OpenApiDocument } from './openapi';
import { OperationsController } from './operations/operations.controller';
import { ReportAnchor } from './reports/anchor';
import { ReportFrames } from './reports/report-frame';
import { ReportPrinter } from './reports/report-printer';
import { Reports } from './reports/reports';
import { ProgrammesController } from './programmes/programmes.controller';
import { PurposesController } from './purposes/purposes.controller';
import { DryRunController } from './replay/dry-run.controller';
import { DryRuns } from './replay/dry-runs';
import { ReplayController } from './replay/replay.controller';
import { RosterDiffController } from './replay/roster-diff.controller';
import { RulesController } from './replay/rules.controller';
import { TrailReader } from './replay/trail-reader';
import { ProvisionReader } from './recipients/provision-reader';
import { ProvisionsController } from './recipients/provisions.controller';
import { ReceiptsController } from './recipients/receipts.controller';
import { RecipientsController } from './recipients/recipients.controller';
import { TellingsController } from './recipients/tellings.controller';
import { RequestAnswersController } from './requests/request-answers.controller';
import { RequestChoicesController } from './requests/request-choices.controller';
import { RequestDeskController } from './requests/request-desk.controller';
import { RequestDisclosureController } from './requests/request-disclosure.controller';
import { RequestFilesController } from './requests/request-files.controller';
import { RequestFormController } from './requests/form/request-form.controller';
import { RequestManyController } from './requests/request-many.controller';
import { RequestOrders } from './requests/request-orders';
import { RequestReader } from './requests/request-reader';
import { RequestsController } from './requests/requests.controller';
import { HeldElsewhereController } from './retention/held-elsewhere.controller';
import { HoldsController } from './retention/holds.controller';
import { RetentionController } from './retention/retention.controller';
import { RetentionReader } from './retention/retention-reader';
import { SystemsController } from './retention/systems.controller';
import { RosterController } from './roster/roster.controller';
import { TemplatesController } from './purposes/templates.controller';
import { AsOfRosters } from './roster/as-of-rosters';
import { Funnels } from './roster/funnels';
import { OutboxController } from './mail/outbox.controller';
import { Moments } from './roster/moments';
import { PastRoster } from './roster/past-roster';
import { WorkController } from './work/work.controller';
import { WhyReader } from './roster/why-reader';
import { INFRASTRUCTURE } from './tokens';
import { ViewReads } from './view-reads';

/** The HTTP side: one controller for each part of the domain, the CQRS shell and the access guard. */
@Module({})
export class ApiModule {
  /** @param infrastructure opened before, closed after */
  static with(infrastructure: Infrastructure): DynamicModule {
    return {
      module: ApiModule,
      global: true,
      imports: [
        CqrsModule.forRoot(),
        AccessModule.register(
          accessConfigOf(infrastructure.config),
          infrastructure.pool,
          ordersOf(infrastructure),
          infrastructure.ledger.clock,
        ),
      ],
      controllers: [
        AccessLogController,
        AccountsReviewController,
        AlumniController,
        AuditController,
        AuditSamplesController,
        AuditExportController,
        BundlesController,
        CheckpointsController,
        ClockController,
        CompanyController,
        ConsentHistoryController,
        ConsentRecordsController,
        ConsentsController,
        CosignaturesController,
        CorrectionsController,
        DryRunController,
        DuplicatesController,
        ErasureItemsController,
        ErasuresController,
        EvidenceController,
        ExportFileController,
        ExportsController,
        HandlingRulesController,
        HealthController,
        HeldElsewhereController,
        HoldsController,
        ImportApprovalController,
        ImportScansController,
        ImportUndoController,
        ImportsController,
        LetterTextsController,
        LettersController,
        LawController,
        LinkedRecordsController,
        OpenApiController,
        OperationsController,
        OutboxController,
        PoliciesController,
        PrivacyController,
        ProgrammesController,
        ProofsController,
        ReceiversController,
        ProvisionsController,
        PurposesController,
        ReceiptsController,
        RecipientsController,
        PublicationController,
        ReadinessController,
        ReplayController,
        RequestAnswersController,
        RequestChoicesController,
        RequestDeskController,
        RequestDisclosureController,
        RequestFilesController,
        RequestFormController,
        RequestManyController,
        RequestsController,
        RetentionController,
        RosterController,
        RosterDiffController,
        RulesController,
        SelfCheckController,
        SigningKeysController,
        TellingsController,
        SystemsController,
        TemplatesController,
        TilesController,
        TimestampsController,
        VerifierController,
        WorkController,
      ],
      providers: [
        { provide: INFRASTRUCTURE, useValue: infrastructure },
        { provide: LEDGER, useValue: infrastructure.ledger },
        ActorNames,
        AsOfRosters,
        AuditReader,
        Bundles,
        Certificates,
        Commands,
        ConsentRecordReader,
        DryRuns,
        ErasureOutlook,
        ErasureViews,
        ExportKeeper,
        ExportMaker,
        ExportPages,
        ExportRunner,
        ExportViews,
        Funnels,
        ImportRunner,
        ImportScanUploads,
        ImportUploads,
        OpenApiDocument,
        Moments,
        PageReader,
        PairReader,
        PastRoster,
        PersonalReader,
        PersonReader,
        ProvisionReader,
        ReportAnchor,
        Sampler,
        ReportFrames,
        ReportPrinter,
        Reports,
        RequestOrders,
        RequestReader,
        RetentionReader,
        UndoRunner,
        SealedEventReader,
        TrailReader,
        ViewReads,
        WhyReader,
        ...COMMAND_HANDLERS,
      ],
      exports: [INFRASTRUCTURE, LEDGER],
    };
  }
}
