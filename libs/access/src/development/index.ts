export { mountDevelopmentIdentityProvider } from './identity-provider';
export { DEVELOPMENT_PEOPLE, seedDevelopmentPeople, type DevelopmentPerson } from './people';
export { writeDevelopmentToken } from './token-file';
