export default function StoryPage() {
  return null;
}
