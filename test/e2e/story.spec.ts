import { startServer } from '../support/server';
import { tellTheStory } from './support/story';

describe('from a leavers’ file to a roster that explains itself', () => tellTheStory(startServer));
